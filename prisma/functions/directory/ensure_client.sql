-- The known client with this name and e-mail or phone, or a new one.
CREATE OR REPLACE FUNCTION ensure_client(person jsonb) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization uuid := current_organization();
  known uuid := known_client(person ->> 'name', person ->> 'email', person ->> 'phone');
BEGIN
  IF known IS NOT NULL THEN RETURN known; END IF;
  INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, company, updated_at)
  VALUES (organization, uuid_v7(), (person ->> 'kind')::client_kind, person ->> 'name', person ->> 'email', person ->> 'phone',
    person ->> 'locale', coalesce(person ->> 'timezone', (SELECT o.timezone FROM organization o WHERE o.id = organization)),
    person ->> 'company', now())
  RETURNING id INTO known;
  RETURN known;
END $$;
