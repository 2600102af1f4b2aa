-- Why this provider got a booking that was for anyone: for the audit, and in words for those who open the appointment.
CREATE OR REPLACE FUNCTION booking_explain_assignment(booked uuid, candidate jsonb) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO audit (organization_id, id, actor_name, action, entity, entity_id, diff)
  SELECT current_organization(), uuid_v7(), 'assignment', 'appointment.assigned', 'appointment', booked, candidate -> 'why' WHERE candidate -> 'why' IS NOT NULL;
  INSERT INTO note (organization_id, id, appointment_id, kind, body, updated_at)
  SELECT current_organization(), uuid_v7(), booked, 'system', candidate ->> 'note', now() WHERE candidate ->> 'note' IS NOT NULL
$$;
