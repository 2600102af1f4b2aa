-- Removes what has served, in every organization; returns how many rows of each.
CREATE OR REPLACE FUNCTION prune_expired(OUT undos bigint, OUT oauth_states bigint, OUT notifications bigint, OUT jobs bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A late notice asks whether its change was taken back: undos outlive the last retry of a job.
  DELETE FROM undo WHERE expires_at < now() - interval '7 days';
  GET DIAGNOSTICS undos = ROW_COUNT;
  DELETE FROM released_username WHERE released_at < now() - interval '1 year';
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
ALTER FUNCTION prune_expired() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION prune_expired() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_expired() TO creneau_app;
