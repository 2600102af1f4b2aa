-- Deletes expired holds of every organization and tells their readers, as record_release does for one.
-- Locked rows are being confirmed: left alone.
CREATE OR REPLACE FUNCTION sweep_expired_holds(max_rows integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH expired AS (
    SELECT organization_id, id FROM appointment
    WHERE status = 'held' AND hold_expires_at <= now()
    ORDER BY hold_expires_at LIMIT max_rows FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM appointment a USING expired e
    WHERE a.organization_id = e.organization_id AND a.id = e.id
    RETURNING a AS booked
  ), told AS (
    INSERT INTO event (organization_id, type, entity_id, version, actor_name, payload)
    SELECT (booked).organization_id, 'appointment.released', (booked).id, (booked).version + 1, 'holds',
           appointment_facts(booked) || '{"reason": "expired"}'
    FROM gone RETURNING 1
  )
  SELECT count(*)::integer FROM told
$$;
ALTER FUNCTION sweep_expired_holds(integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION sweep_expired_holds(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_expired_holds(integer) TO creneau_app;
