-- Lengthens a hold, once: it may end at most two hold times after it was taken.
CREATE OR REPLACE FUNCTION booking_extend_hold(organization uuid, wanted uuid, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
  minutes interval;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  SELECT o.hold_minutes * interval '1 minute' INTO minutes FROM organization o WHERE o.id = organization;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF NOT FOUND OR booked.status <> 'held' OR booked.hold_expires_at <= now() THEN RETURN '{"outcome": "expired"}'; END IF;
  IF booked.version > 1 THEN RETURN booking_answer(booked) || '{"outcome": "extended", "isRepeat": true}'; END IF;
  UPDATE appointment a SET hold_expires_at = a.hold_expires_at + minutes, version = a.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = wanted RETURNING a.* INTO booked;
  PERFORM record_hold('appointment.hold_extended', booked);
  RETURN booking_answer(booked) || '{"outcome": "extended"}';
END $$;
