-- An alias that comes or goes changes what its client is found by.
CREATE OR REPLACE FUNCTION client_alias_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client c SET name = c.name
  WHERE (c.organization_id, c.id) IN ((OLD.organization_id, OLD.client_id), (NEW.organization_id, NEW.client_id));
  RETURN NULL;
END $$;
