-- A queue is born with its first job, before any worker of this version has run. Workers give it its own settings; these are
-- the ones that all jobs share (packages/db/src/jobs/job-settings.ts, compared by a test).
CREATE OR REPLACE FUNCTION create_job_queue(queue_name text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT pgboss.create_queue(queue_name, '{"policy": "short", "retryLimit": 10, "retryDelay": 5, "retryBackoff": true,
    "retryDelayMax": 3600, "expireInSeconds": 300, "heartbeatSeconds": 20, "retentionSeconds": 2592000,
    "deleteAfterSeconds": 2592000}')
$$;
ALTER FUNCTION create_job_queue(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION create_job_queue(text) FROM PUBLIC;
