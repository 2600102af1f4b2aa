-- Removes events older than `keep`; returns how many.
CREATE OR REPLACE FUNCTION prune_events(keep interval) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM event WHERE created_at < now() - keep RETURNING 1) SELECT count(*) FROM gone
$$;
ALTER FUNCTION prune_events(interval) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION prune_events(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_events(interval) TO creneau_app;
