-- For a process that follows the log: the events after its position, in the log's order, at most `max_rows`. An event is
-- shown only when no transaction that could still commit before it is running (its transaction id is below the oldest
-- running one), so a late commit is never skipped. Every row says where the log stands; there is one without an event when
-- there is none, and no event at all when the epoch is another than the reader's.
CREATE OR REPLACE FUNCTION follow_events(reader_epoch text, after_xid bigint, after_id bigint, max_rows integer)
RETURNS TABLE (epoch text, next_xid bigint, event event)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.epoch, s.next_xid, l.event
  FROM log_state() s LEFT JOIN LATERAL (
    SELECT e AS event FROM event e
    WHERE s.epoch = reader_epoch AND (e.xid, e.id) > (after_xid, after_id) AND e.xid < s.head_xid AND e.id >= s.first_id
    ORDER BY e.xid, e.id LIMIT max_rows
  ) l ON true
  ORDER BY (l.event).xid, (l.event).id
$$;
ALTER FUNCTION follow_events(text, bigint, bigint, integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION follow_events(text, bigint, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION follow_events(text, bigint, bigint, integer) TO creneau_app;

-- What read the log before it had epochs.
DROP FUNCTION IF EXISTS read_events(bigint, bigint, integer);
