-- Search text of clients: folded, the phone also with its national digits.
CREATE OR REPLACE FUNCTION client_fill_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := fold_text(concat_ws(' ', NEW.name, NEW.company, NEW.email, NEW.phone, regexp_replace(NEW.phone, '^\+33', '0')));
  RETURN NEW;
END $$;
