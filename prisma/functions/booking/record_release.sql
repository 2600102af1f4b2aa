-- Tells that a hold, just deleted, is no more. Its end counts as a version: none is ever told twice, even if the hold is
-- taken anew. `by_whom`: as record_change.
CREATE OR REPLACE FUNCTION record_release(booked appointment, reason text, by_whom jsonb DEFAULT NULL) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM record_change('appointment.released', 'appointment', booked.id, booked.version + 1, NULL,
    appointment_facts(booked) || jsonb_build_object('reason', reason), NULL, NULL, '[]', by_whom);
END $$;
DROP FUNCTION IF EXISTS record_release(appointment, text);
