-- Whether a job that a worker has just taken is still to be run by itself: not if it was left for a person because the
-- database turns out, at this moment, to have gone back in time (`settle_epoch`).
CREATE OR REPLACE FUNCTION may_run_job(wanted uuid, seen_epoch text, seen_xid bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM settle_epoch(seen_epoch, seen_xid);
  RETURN EXISTS (SELECT FROM pgboss.job_common j WHERE j.id = wanted AND j.state = 'active');
END $$;
ALTER FUNCTION may_run_job(uuid, text, bigint) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION may_run_job(uuid, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_run_job(uuid, text, bigint) TO creneau_app;
