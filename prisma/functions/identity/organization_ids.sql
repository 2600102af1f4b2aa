-- Organizations, for jobs that run once for each.
CREATE OR REPLACE FUNCTION organization_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT id FROM organization ORDER BY id $$;
ALTER FUNCTION organization_ids() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION organization_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organization_ids() TO creneau_app;
