-- Ends what `consume_events` began, in the same transaction: queues the jobs that the events asked for and takes back those
-- that they ask no more for, notes the events that could not be handled, forgets retries that went well, and moves the
-- consumer to `reached` (null: it stays). All of it only while the epoch that was read in lasts. A job belongs to the
-- organization of its event and says which event that was.
-- jobs: [{event, name, data, startAfter?, key?, isTakenBack?}] in the order of the log; of several about one key the last
-- one counts. failures: [{event, reason, retrySeconds?}], parked without retrySeconds. handled: events that were parked.
CREATE OR REPLACE FUNCTION settle_reactions(consumer text, read_in text, reached_xid bigint, reached_id bigint, jobs jsonb, failures jsonb,
  handled bigint[])
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  queue_name text;
BEGIN
  UPDATE event_consumer c SET xid = coalesce(reached_xid, c.xid), id = coalesce(reached_id, c.id)
  WHERE c.name = settle_reactions.consumer AND c.epoch = read_in;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Another epoch has begun meanwhile' USING ERRCODE = 'no_data_found';
  END IF;

  FOR queue_name IN
    SELECT DISTINCT j.job ->> 'name' AS name FROM jsonb_array_elements(jobs) AS j(job)
    WHERE NOT EXISTS (SELECT FROM pgboss.queue q WHERE q.name = j.job ->> 'name') ORDER BY name
  LOOP
    PERFORM create_job_queue(queue_name);
  END LOOP;

  WITH asked AS (
    SELECT j.name, j.data || jsonb_build_object('organizationId', e.organization_id, 'eventId', e.id) AS data, j."startAfter" AS start_after,
      coalesce(j."isTakenBack", false) AS is_taken_back, uuid_v7() AS job_id, j.position,
      CASE WHEN j.key IS NOT NULL THEN e.organization_id::text || ':' || j.key END AS key
    FROM ROWS FROM (jsonb_to_recordset(jobs) AS (event bigint, name text, data jsonb, "startAfter" timestamptz, key text, "isTakenBack" boolean))
      WITH ORDINALITY AS j(event, name, data, "startAfter", key, "isTakenBack", position)
    JOIN event e ON e.id = j.event
  ), last AS (
    SELECT DISTINCT ON (a.name, coalesce(a.key, a.job_id::text)) a.*, coalesce(a.key, a.job_id::text) AS singleton_key
    FROM asked a ORDER BY a.name, coalesce(a.key, a.job_id::text), a.position DESC
  ), taken_back AS (
    DELETE FROM pgboss.job_common job USING last l
    WHERE l.is_taken_back AND job.name = l.name AND coalesce(job.singleton_key, '') = l.singleton_key
      AND job.state = 'created' AND job.policy = 'short'
  )
  INSERT INTO pgboss.job_common AS job (id, name, data, start_after, singleton_key, keep_until, expire_seconds, deletion_seconds,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  SELECT l.job_id, q.name, l.data, coalesce(l.start_after, now()), l.singleton_key,
    coalesce(l.start_after, now()) + q.retention_seconds * interval '1 second', q.expire_seconds, q.deletion_seconds,
    q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  FROM last l JOIN pgboss.queue q ON q.name = l.name
  WHERE NOT l.is_taken_back
  ORDER BY l.position
  ON CONFLICT (name, (COALESCE(singleton_key, ''))) WHERE state = 'created' AND policy = 'short'
    DO UPDATE SET data = EXCLUDED.data, start_after = EXCLUDED.start_after, keep_until = EXCLUDED.keep_until;

  INSERT INTO parked_event AS p (organization_id, consumer, event_id, attempts, reason, retry_at)
  SELECT e.organization_id, settle_reactions.consumer, e.id, 1, f.reason, now() + f."retrySeconds" * interval '1 second'
  FROM jsonb_to_recordset(failures) AS f(event bigint, reason text, "retrySeconds" double precision) JOIN event e ON e.id = f.event
  ON CONFLICT ON CONSTRAINT parked_event_pkey
    DO UPDATE SET attempts = p.attempts + 1, reason = EXCLUDED.reason, retry_at = EXCLUDED.retry_at, updated_at = now();
  DELETE FROM parked_event p WHERE p.consumer = settle_reactions.consumer AND p.event_id = ANY (handled);
END $$;
ALTER FUNCTION settle_reactions(text, text, bigint, bigint, jsonb, jsonb, bigint[]) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION settle_reactions(text, text, bigint, bigint, jsonb, jsonb, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_reactions(text, text, bigint, bigint, jsonb, jsonb, bigint[]) TO creneau_app;
