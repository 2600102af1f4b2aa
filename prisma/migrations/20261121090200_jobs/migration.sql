-- The way into the job queue. The queue's own schema, `pgboss`, is installed after these migrations (packages/db/src/
-- jobs/queue-schema.ts); PL/pgSQL looks its tables up when it runs.

-- Queues one job in the caller's transaction, for the caller's organization only (or, without a scope, for none);
-- returns its id. While a job of this name and key waits, no second one is added: the waiting one takes on the new data
-- and instant. Its row stays locked until the caller commits, so no worker can run it on the state before.
-- There is no NOTIFY: in every booking's commit it would halve throughput. Workers poll.
CREATE FUNCTION enqueue_job(job_name text, job_data jsonb, start_at timestamptz DEFAULT NULL, dedupe_key text DEFAULT NULL)
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
    -- A queue is born with its first job, before any worker of this version has run. Workers give it its own settings;
    -- these are the ones that all jobs share (packages/db/src/jobs/job-settings.ts, compared by a test).
    PERFORM pgboss.create_queue(job_name, '{"policy": "short", "retryLimit": 10, "retryDelay": 5, "retryBackoff": true,
      "retryDelayMax": 3600, "expireInSeconds": 300, "heartbeatSeconds": 20, "retentionSeconds": 2592000,
      "deleteAfterSeconds": 2592000}');
  END LOOP;
  RETURN queued_id;
END $$;

-- Takes back a waiting job of the caller's organization by its key; false when none waits (any more). One that has been
-- tried already stays: it reads the state anew when it runs.
CREATE FUNCTION retract_job(job_name text, dedupe_key text)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM pgboss.job_common
  WHERE name = job_name AND COALESCE(singleton_key, '') = coalesce(current_organization()::text, 'system') || ':' || dedupe_key
    AND state = 'created' AND policy = 'short';
  RETURN FOUND;
END $$;

-- What a message told its reader; the next change is compared with it, so that what was undone is never announced.
ALTER TABLE notification ADD COLUMN told jsonb NOT NULL DEFAULT '{}';

-- Removes what has served, in every organization; returns how many rows of each.
CREATE FUNCTION prune_expired(OUT undos bigint, OUT oauth_states bigint, OUT notifications bigint, OUT jobs bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A late notice asks whether its change was taken back: undos outlive the last retry of a job.
  DELETE FROM undo WHERE expires_at < now() - interval '7 days';
  GET DIAGNOSTICS undos = ROW_COUNT;
  DELETE FROM oauth_state WHERE expires_at < now();
  GET DIAGNOSTICS oauth_states = ROW_COUNT;
  -- The appointment they speak of is long past, or they were never sent and never will be.
  DELETE FROM notification n WHERE n.created_at < now() - interval '400 days' AND NOT EXISTS (
    SELECT FROM appointment a WHERE a.organization_id = n.organization_id AND a.id = n.appointment_id AND a.ends_at > now());
  GET DIAGNOSTICS notifications = ROW_COUNT;
  -- Dead jobs stay as long as their queue says; those that went well are of no interest after a day.
  DELETE FROM pgboss.job_common WHERE state = 'completed' AND completed_on < now() - interval '1 day';
  GET DIAGNOSTICS jobs = ROW_COUNT;
END $$;

DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY['enqueue_job(text, jsonb, timestamptz, text)', 'retract_job(text, text)', 'prune_expired()'] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO creneau_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO creneau_app', signature);
  END LOOP;
END $$;
