-- The log's epoch; begins a new one first where the log is not what the newest one says, or where it has lost what a process
-- has seen (`seen_epoch`, `seen_xid`: in that epoch this transaction id had been given out, for long enough to be on the
-- disk; a process's own knowledge, never a visitor's word).
--
-- After a mere restart everything goes on. Where time may have gone back (a standby took over, another cluster or database
-- holds the data, what was seen is lost), reactions may have had their effect in the history that is gone: what consumers
-- had not reached is parked, they go on from here, and due jobs that reach somebody outside are left for a person.
CREATE OR REPLACE FUNCTION settle_epoch(seen_epoch text DEFAULT NULL, seen_xid bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  state record;
  now_is record;
  newest log_epoch;
  begun log_epoch;
  is_foreign boolean;
  is_lost boolean;
  first_before bigint;
  unread text := 'The database was restored, or another server took over: this may have been done already';
BEGIN
  SELECT * INTO state FROM log_state();
  IF state.epoch IS NOT NULL AND (seen_epoch IS NULL OR (seen_epoch = state.epoch AND seen_xid < state.next_xid))
    AND NOT EXISTS (SELECT FROM event_consumer c WHERE c.epoch IS DISTINCT FROM state.epoch) THEN
    RETURN state.epoch;
  END IF;

  PERFORM pg_advisory_xact_lock(hashtextextended('', 4209));
  -- Seen by statements of their own: another process may have begun it meanwhile.
  SELECT * INTO state FROM log_state();
  SELECT * INTO newest FROM log_epoch l ORDER BY l.position DESC LIMIT 1;
  SELECT * INTO now_is FROM log_marker();
  IF now_is.history IS NULL THEN
    RAISE EXCEPTION 'A standby begins no epoch' USING ERRCODE = 'read_only_sql_transaction';
  END IF;
  first_before := state.first_id;
  -- Transaction ids of another cluster; compared with what this very statement sees.
  is_foreign := EXISTS (
    SELECT FROM event e WHERE e.xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint AND e.id >= first_before);
  -- An epoch that is not known here any more, or one that had gone further than the log had when the next one began, or has
  -- now. In one run of a server time goes back once: the second process that says so is told what the first one made of it.
  is_lost := seen_epoch IS NOT NULL
    AND NOT EXISTS (SELECT FROM log_epoch l WHERE l.is_break AND l.history = now_is.history AND l.run = now_is.run)
    AND (NOT EXISTS (SELECT FROM log_epoch l WHERE l.id = seen_epoch) OR EXISTS (
      SELECT FROM log_epoch l WHERE l.id = seen_epoch
        AND seen_xid >= coalesce((SELECT min(o.next_xid) FROM log_epoch o WHERE o.position > l.position), state.next_xid)));

  IF state.epoch IS NULL OR is_foreign OR is_lost THEN
    begun.id := left(replace(gen_random_uuid()::text, '-', ''), 8);
    begun.position := coalesce(newest.position, 0) + 1;
    begun.history := now_is.history;
    begun.run := now_is.run;
    begun.is_break := is_foreign OR is_lost OR coalesce(newest.history <> now_is.history, false);
    -- The cluster and the database are the first and the last part: in others, transaction ids mean something else.
    is_foreign := is_foreign OR coalesce(split_part(newest.history, '/', 1) <> split_part(now_is.history, '/', 1)
      OR split_part(newest.history, '/', 3) <> split_part(now_is.history, '/', 3), false);
    -- Whoever is writing, and whoever is reacting, ends first: each event is reacted to, parked here, or read later.
    IF begun.is_break THEN
      LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE;
      PERFORM FROM event_consumer FOR UPDATE;
    END IF;
    SELECT * INTO state FROM log_state();
    begun.first_id := CASE WHEN is_foreign THEN coalesce((SELECT max(e.id) FROM event e), 0) + 1 ELSE state.first_id END;
    begun.holds_below := CASE WHEN begun.is_break OR newest.id IS NULL THEN 0 ELSE least(state.head_xid, checkpointed_xid()) END;
    begun.next_xid := state.next_xid;
    begun.started_at := now();
    INSERT INTO log_epoch SELECT begun.*;
    newest := begun;

    IF begun.is_break AND to_regclass('pgboss.job_common') IS NOT NULL THEN
      UPDATE pgboss.job_common j SET state = 'failed', completed_on = now(), output = jsonb_build_object('message', unread)
      WHERE j.name IN (SELECT q.name FROM once_only_queue q)
        AND (j.state = 'active' OR (j.state < 'active' AND j.start_after <= now()));
    END IF;
  END IF;

  -- Consumers whose place was taken in an earlier epoch. Without a break in between it holds: it is part of the data.
  UPDATE event_consumer c SET epoch = newest.id
  WHERE c.epoch IS DISTINCT FROM newest.id AND NOT EXISTS (
    SELECT FROM log_epoch l WHERE l.is_break AND l.position > coalesce((SELECT o.position FROM log_epoch o WHERE o.id = c.epoch), 0));
  -- An event whose physical transaction is the one it names was written here; others came with the data.
  INSERT INTO parked_event AS p (organization_id, consumer, event_id, attempts, reason)
  SELECT e.organization_id, c.name, e.id, 0, unread
  FROM event_consumer c JOIN event e ON e.type = ANY (c.types)
  WHERE c.epoch IS DISTINCT FROM newest.id
    AND ((e.id >= newest.first_id AND (e.xid, e.id) > (c.xid, c.id) AND e.xid < state.head_xid)
      OR (e.id >= first_before AND e.id < newest.first_id AND ((e.xid, e.id) > (c.xid, c.id) OR e.xmin::text::bigint = e.xid & 4294967295)))
  ON CONFLICT ON CONSTRAINT parked_event_pkey DO NOTHING;
  UPDATE parked_event p SET retry_at = NULL, reason = unread, updated_at = now()
  FROM event_consumer c WHERE c.name = p.consumer AND c.epoch IS DISTINCT FROM newest.id AND p.retry_at IS NOT NULL;
  UPDATE event_consumer c SET epoch = newest.id, xid = state.head_xid, id = 0 WHERE c.epoch IS DISTINCT FROM newest.id;
  RETURN newest.id;
END $$;
ALTER FUNCTION settle_epoch(text, bigint) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION settle_epoch(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_epoch(text, bigint) TO creneau_app;
