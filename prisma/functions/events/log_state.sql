-- Where the log stands: its epoch (null: a new one has to be begun, see `settle_epoch`), the transaction id below which
-- everything can be read, the next one to be given out, and the least id of the events that are to be read.
CREATE OR REPLACE FUNCTION log_state(OUT epoch text, OUT head_xid bigint, OUT next_xid bigint, OUT first_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  now_is record;
  newest log_epoch;
BEGIN
  SELECT * INTO now_is FROM log_marker();
  SELECT * INTO newest FROM log_epoch l ORDER BY l.position DESC LIMIT 1;
  epoch := CASE WHEN newest.history = now_is.history AND newest.run = now_is.run THEN newest.id END;
  head_xid := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  next_xid := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  first_id := coalesce(newest.first_id, 0);
END $$;
ALTER FUNCTION log_state() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION log_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log_state() TO creneau_app;
