-- The next events of a consumer, for the one transaction that works on it; no row while another one does. First those
-- whose retry is due (`attempts` is null for the others), then those after its position. At most `max_rows` of
-- the log are looked at, of whatever type; `reached_xid`, `reached_id` say how far that was, on every row (null: the log had
-- nothing new), `has_more` whether it goes on. A consumer without events to handle gets one row whose `event` is null.
--
-- An advisory lock and not one on the consumer's row: locking a row takes a transaction id, and a transaction that has
-- one holds back every reader of the log (live screens among them) until it ends.
CREATE OR REPLACE FUNCTION consume_events(consumer text, max_rows integer)
RETURNS TABLE (epoch text, reached_xid bigint, reached_id bigint, has_more boolean, attempts integer, event event)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  mine event_consumer;
  state record;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(consumer, 4208)) THEN RETURN; END IF;
  -- A statement of its own: it sees what the last holder of the lock has committed.
  SELECT * INTO mine FROM event_consumer c WHERE c.name = consumer;
  SELECT * INTO state FROM log_state();
  -- Not known here (any more), or in an epoch that is over: making it known again settles both.
  IF mine.epoch IS NULL OR mine.epoch IS DISTINCT FROM state.epoch THEN
    RAISE EXCEPTION 'The consumer % has no place in this epoch', consumer USING ERRCODE = 'no_data_found';
  END IF;
  RETURN QUERY
    WITH scanned AS MATERIALIZED (
      SELECT e AS event FROM event e
      WHERE (e.xid, e.id) > (mine.xid, mine.id) AND e.xid < state.head_xid AND e.id >= state.first_id
      ORDER BY e.xid, e.id LIMIT max_rows
    ), handled AS (
      SELECT 0 AS turn, NULL::integer AS attempts, s.event FROM scanned s WHERE (s.event).type = ANY (mine.types)
      UNION ALL
      (SELECT -1, p.attempts, e FROM parked_event p JOIN event e ON e.id = p.event_id AND e.organization_id = p.organization_id
       WHERE p.consumer = mine.name AND p.retry_at <= now() ORDER BY p.retry_at LIMIT max_rows)
    )
    SELECT mine.epoch, r.xid, r.id, (SELECT count(*) = max_rows FROM scanned), h.attempts, h.event
    FROM (SELECT) AS always
    LEFT JOIN (
      SELECT (s.event).xid, (s.event).id FROM scanned s ORDER BY (s.event).xid DESC, (s.event).id DESC LIMIT 1
    ) r ON true
    LEFT JOIN handled h ON true
    ORDER BY h.turn, (h.event).xid, (h.event).id;
END $$;
ALTER FUNCTION consume_events(text, integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION consume_events(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consume_events(text, integer) TO creneau_app;
