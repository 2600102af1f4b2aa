-- Queues one job in the caller's transaction, for the caller's organization only (or, without a scope, for none);
-- returns its id. While a job of this name and key waits, no second one is added: the waiting one takes on the new data
-- and instant. Its row stays locked until the caller commits, so no worker can run it on the state before.
-- There is no NOTIFY: in every booking's commit it would halve throughput. Workers poll.
CREATE OR REPLACE FUNCTION enqueue_job(job_name text, job_data jsonb, start_at timestamptz DEFAULT NULL, dedupe_key text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  job_id uuid := uuid_v7();
  due timestamptz := coalesce(start_at, now());
  organization uuid := current_organization();
  queued_id uuid;
BEGIN
  IF job_data IS NULL OR jsonb_typeof(job_data) <> 'object'
    OR (job_data ->> 'organizationId') IS DISTINCT FROM organization::text THEN
    RAISE EXCEPTION 'A job carries the organization of its transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR attempt IN 1..2 LOOP
    -- The queue's settings are copied onto the job, as pg-boss does. Policy `short` makes (name, key) unique among
    -- waiting jobs; a job without a key gets its own id for one.
    INSERT INTO pgboss.job_common AS job (id, name, data, start_after, singleton_key, keep_until, expire_seconds, deletion_seconds,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
    SELECT job_id, q.name, job_data, due, coalesce(coalesce(organization::text, 'system') || ':' || dedupe_key, job_id::text),
      due + q.retention_seconds * interval '1 second', q.expire_seconds, q.deletion_seconds,
      q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    FROM pgboss.queue q WHERE q.name = job_name
    ON CONFLICT (name, (COALESCE(singleton_key, ''))) WHERE state = 'created' AND policy = 'short'
      DO UPDATE SET data = EXCLUDED.data, start_after = EXCLUDED.start_after, keep_until = EXCLUDED.keep_until
    RETURNING job.id INTO queued_id;
    EXIT WHEN queued_id IS NOT NULL;
    PERFORM create_job_queue(job_name);
  END LOOP;
  RETURN queued_id;
END $$;
ALTER FUNCTION enqueue_job(text, jsonb, timestamptz, text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION enqueue_job(text, jsonb, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job(text, jsonb, timestamptz, text) TO creneau_app;
