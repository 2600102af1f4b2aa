-- Removes events older than `keep`, parked ones and epochs with them; returns how many events.
CREATE OR REPLACE FUNCTION prune_events(keep interval) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM event WHERE created_at < now() - keep RETURNING organization_id, id),
    unparked AS (DELETE FROM parked_event p USING gone g WHERE p.organization_id = g.organization_id AND p.event_id = g.id),
    over AS (DELETE FROM log_epoch l WHERE l.started_at < now() - keep AND l.position < (SELECT max(position) FROM log_epoch))
  SELECT count(*) FROM gone
$$;
ALTER FUNCTION prune_events(interval) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION prune_events(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prune_events(interval) TO creneau_app;
