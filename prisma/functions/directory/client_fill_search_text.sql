-- Search text of clients: folded, with all that they are also known by; phones with their national digits too.
CREATE OR REPLACE FUNCTION client_fill_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  aliases text;
BEGIN
  -- Nobody is born with aliases: a booking that brings a client along does not look for any.
  IF TG_OP = 'UPDATE' THEN
    SELECT string_agg(concat_ws(' ', k.value, CASE WHEN k.kind = 'phone' THEN national_phone(k.value) END), ' ' ORDER BY k.created_at, k.id)
    INTO aliases FROM client_alias k WHERE k.organization_id = NEW.organization_id AND k.client_id = NEW.id;
  END IF;
  NEW.search_text := fold_text(concat_ws(' ', NEW.name, NEW.company, NEW.email, NEW.phone, national_phone(NEW.phone), aliases));
  RETURN NEW;
END $$;
