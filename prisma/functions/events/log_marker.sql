-- What this server and database are now. `history`: cluster, timeline and database; another one may be the same data at
-- another point, or a copy that goes its own way. `run`: one life of the server; the statistics' age is part of it because a
-- server that recovers from the crash of one of its processes keeps its start time, and may have lost its last commits.
-- Null on a standby, which begins nothing. Where a managed service does not tell, the rest must do.
CREATE OR REPLACE FUNCTION log_marker(OUT history text, OUT run text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  cluster text := 'unknown';
  timeline text := 'unknown';
BEGIN
  IF pg_is_in_recovery() THEN RETURN; END IF;
  BEGIN
    SELECT c.system_identifier::text INTO cluster FROM pg_control_system() c;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_function THEN NULL;
  END;
  BEGIN
    timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_function THEN NULL;
  END;
  history := concat_ws('/', cluster, timeline, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()));
  run := concat_ws('/', extract(epoch FROM pg_postmaster_start_time()), extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time()));
END $$;
ALTER FUNCTION log_marker() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION log_marker() FROM PUBLIC;
