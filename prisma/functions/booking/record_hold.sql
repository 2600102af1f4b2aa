-- Tells of a hold: that it was taken, or lasts longer. Holds leave no audit row.
CREATE OR REPLACE FUNCTION record_hold(event_type text, booked appointment) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM record_change(event_type, 'appointment', booked.id, booked.version, NULL, appointment_facts(booked), NULL, NULL, '[]');
END $$;
