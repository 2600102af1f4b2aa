-- Removes wishes that ended, or whose last day passed, before an instant, in every organization; returns how many.
CREATE OR REPLACE FUNCTION prune_waitlist(before timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM waitlist_entry WHERE ended_at < before OR to_date < before::date RETURNING 1) SELECT count(*) FROM gone
$$;
ALTER FUNCTION prune_waitlist(timestamptz) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION prune_waitlist(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_waitlist(timestamptz) TO creneau_app;
