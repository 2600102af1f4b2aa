-- Turns a held time into its visitor's booking, with all that a booking leaves behind; a row without an id when nobody holds
-- it, or only until before `alive_at`.
CREATE OR REPLACE FUNCTION turn_into_booking(request jsonb, person uuid, alive_at timestamptz, at timestamptz) RETURNS appointment
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
BEGIN
  UPDATE appointment a SET
    status = CASE WHEN s.needs_approval OR s.needs_payment THEN 'pending' ELSE 'confirmed' END::appointment_status,
    hold_expires_at = NULL, held_by = NULL, client_id = person, manage_token_hash = request ->> 'manageTokenHash',
    idempotency_key = request ->> 'idempotencyKey', idempotency_hash = request ->> 'idempotencyHash', version = a.version + 1, updated_at = at
  FROM service s
  WHERE a.organization_id = current_organization() AND a.id = (request ->> 'id')::uuid AND a.status = 'held' AND a.hold_expires_at > alive_at
    AND s.organization_id = current_organization() AND s.id = a.service_id
  RETURNING a.* INTO booked;
  IF FOUND THEN PERFORM booking_finish(booked, request, at); END IF;
  RETURN booked;
END $$;
