-- Tells that a hold, just deleted, is no more. Its end counts as a version: none is ever told twice, even if the hold is
-- taken anew.
CREATE OR REPLACE FUNCTION record_release(booked appointment, reason text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM record_change('appointment.released', 'appointment', booked.id, booked.version + 1, NULL,
    appointment_facts(booked) || jsonb_build_object('reason', reason), NULL, NULL, '[]');
END $$;
