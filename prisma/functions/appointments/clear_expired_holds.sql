-- Removes expired holds that stand in the way of a range, and tells of it: they occupy it in the constraints until they are
-- gone.
-- When nothing has expired, which is nearly always, a look at a small index is all it costs.
--
-- Why an expiry is asked for beside the status: under row-level security the planner may not look into the statistics of
-- a status, for comparing enums is not leakproof. It took every second appointment for a held one, and a settled plan read
-- the whole table to find no expired hold. How often an expiry is null it may know.
--
-- Holds are judged by this database's clock alone: clocks of processes differ. `at` is what the version before this sends.
CREATE OR REPLACE FUNCTION clear_expired_holds(agenda_provider uuid, agenda_room uuid, range_from timestamptz, range_to timestamptz, at timestamptz DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  gone appointment;
BEGIN
  IF NOT EXISTS (
    SELECT FROM appointment a WHERE a.status = 'held' AND a.hold_expires_at IS NOT NULL AND a.hold_expires_at <= now()
  ) THEN RETURN; END IF;
  FOR gone IN DELETE FROM appointment a
  WHERE a.organization_id = current_organization()
    AND a.status = 'held' AND a.hold_expires_at IS NOT NULL AND a.hold_expires_at <= now()
    AND (a.provider_id = agenda_provider OR a.room_id = agenda_room)
    AND a.busy_from < range_to AND a.busy_from > range_from - interval '48 hours' AND a.busy_to > range_from
    RETURNING a.*
  LOOP
    PERFORM record_release(gone, 'expired', '{"kind": "system", "name": "holds"}');
  END LOOP;
END $$;
