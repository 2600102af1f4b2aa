-- Where a reader that starts now begins (everything visible is before it), and the oldest cursor that can be resumed.
CREATE OR REPLACE FUNCTION event_bounds(OUT head_xid bigint, OUT oldest_xid bigint, OUT oldest_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
         (SELECT xid FROM event ORDER BY xid, id LIMIT 1),
         (SELECT id FROM event ORDER BY xid, id LIMIT 1)
$$;
ALTER FUNCTION event_bounds() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION event_bounds() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_bounds() TO creneau_app;
