-- What a subscription of one organization missed after a position. Every row says whether the log still reaches back to that
-- position, in this history: `is_reachable` is false for one of a lost history, ahead of the log, or older than what is kept.
CREATE OR REPLACE FUNCTION replay_events(organization uuid, taken_in text, after_xid bigint, after_id bigint, max_rows integer)
RETURNS TABLE (epoch text, is_reachable boolean, event event)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.epoch, r.yes, l.event
  FROM log_state() s
  CROSS JOIN LATERAL (
    SELECT s.epoch IS NOT NULL AND position_holds(taken_in, after_xid) AND after_xid < s.next_xid
      AND coalesce((SELECT (o.xid, o.id) <= (after_xid, after_id) FROM event o ORDER BY o.xid, o.id LIMIT 1), true) AS yes
  ) r
  LEFT JOIN LATERAL (
    SELECT e AS event FROM event e
    WHERE r.yes AND e.organization_id = organization AND (e.xid, e.id) > (after_xid, after_id)
      AND e.xid < s.head_xid AND e.id >= s.first_id
    ORDER BY e.xid, e.id LIMIT max_rows
  ) l ON true
  ORDER BY (l.event).xid, (l.event).id
$$;
ALTER FUNCTION replay_events(uuid, text, bigint, bigint, integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION replay_events(uuid, text, bigint, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION replay_events(uuid, text, bigint, bigint, integer) TO creneau_app;

-- What replayed the log before it had epochs.
DROP FUNCTION IF EXISTS read_organization_events(uuid, bigint, bigint, integer);
DROP FUNCTION IF EXISTS event_bounds();
