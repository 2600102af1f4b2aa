-- Organizations share the addresses of public names: one that was given up less than a year ago is still somebody's.
CREATE OR REPLACE FUNCTION guard_organization_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM released_username r WHERE r.username = NEW.slug AND r.released_at > now() - interval '1 year') THEN
    RAISE unique_violation USING MESSAGE = 'This public name was given up less than a year ago', TABLE = 'organization', CONSTRAINT = 'organization_slug_key';
  END IF;
  RETURN NEW;
END $$;
