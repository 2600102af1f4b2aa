-- Events of one organization after a cursor, as read_events: what a subscription missed while it was away.
CREATE OR REPLACE FUNCTION read_organization_events(organization uuid, after_xid bigint, after_id bigint, max_rows integer) RETURNS SETOF event
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM event
  WHERE organization_id = organization AND (xid, id) > (after_xid, after_id)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  ORDER BY xid, id
  LIMIT max_rows
$$;
ALTER FUNCTION read_organization_events(uuid, bigint, bigint, integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION read_organization_events(uuid, bigint, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_organization_events(uuid, bigint, bigint, integer) TO creneau_app;
