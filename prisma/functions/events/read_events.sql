-- Events after a cursor, in the log's order. A row is shown only when no transaction that could still commit before it
-- is running (its xid is below the oldest running one), so a late commit is never skipped.
CREATE OR REPLACE FUNCTION read_events(after_xid bigint, after_id bigint, max_rows integer) RETURNS SETOF event
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM event
  WHERE (xid, id) > (after_xid, after_id)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  ORDER BY xid, id
  LIMIT max_rows
$$;
ALTER FUNCTION read_events(bigint, bigint, integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION read_events(bigint, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_events(bigint, bigint, integer) TO creneau_app;
