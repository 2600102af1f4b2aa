-- Gives a hold back; whether there was one. `by_whom`: as record_change.
CREATE OR REPLACE FUNCTION booking_release_hold(organization uuid, wanted uuid, by_whom jsonb DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  DELETE FROM appointment a WHERE a.organization_id = organization AND a.id = wanted AND a.status = 'held' RETURNING a.* INTO booked;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM record_release(booked, 'given_back', by_whom);
  RETURN true;
END $$;
DROP FUNCTION IF EXISTS booking_release_hold(uuid, uuid);
