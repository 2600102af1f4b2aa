-- Tells of a hold: that it was taken, or lasts longer. Holds leave no audit row. `by_whom`: as record_change.
CREATE OR REPLACE FUNCTION record_hold(event_type text, booked appointment, by_whom jsonb DEFAULT NULL) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM record_change(event_type, 'appointment', booked.id, booked.version, NULL, appointment_facts(booked), NULL, NULL,
    '[]', by_whom);
END $$;
DROP FUNCTION IF EXISTS record_hold(text, appointment);
