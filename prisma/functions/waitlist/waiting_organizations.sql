-- Organizations where somebody waits, for the schedule.
CREATE OR REPLACE FUNCTION waiting_organizations() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT organization_id FROM waitlist_entry WHERE ended_at IS NULL ORDER BY organization_id
$$;
ALTER FUNCTION waiting_organizations() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION waiting_organizations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waiting_organizations() TO creneau_app;
