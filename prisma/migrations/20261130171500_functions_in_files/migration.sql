-- SQL functions live in prisma/functions from here on, one a file, and are applied after the migrations. A migration drops
-- a function that nothing calls any more, or whose signature changes.

-- The sets of functions that were applied to this database, by the hash of their files; the one with the highest
-- position is in force.
CREATE TABLE "sql_functions" (
    "hash" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sql_functions_pkey" PRIMARY KEY ("hash")
);
CREATE UNIQUE INDEX "sql_functions_position_key" ON "sql_functions"("position");
REVOKE ALL ON sql_functions FROM creneau_app, creneau_system;
GRANT SELECT ON sql_functions TO creneau_app;

-- Nothing calls them.
DROP FUNCTION busy_time(uuid, uuid[], timestamptz, timestamptz);
DROP FUNCTION retract_job(text, text);

-- The one caller of the other answer, so that no process that still serves meets the gap until the files are applied.
CREATE OR REPLACE FUNCTION booking_extend_hold(organization uuid, wanted uuid, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
  minutes interval;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  SELECT o.hold_minutes * interval '1 minute' INTO minutes FROM organization o WHERE o.id = organization;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF NOT FOUND OR booked.status <> 'held' OR booked.hold_expires_at <= at THEN RETURN '{"outcome": "expired"}'; END IF;
  IF booked.version > 1 THEN RETURN booking_answer(booked) || '{"outcome": "extended", "isRepeat": true}'; END IF;
  UPDATE appointment a SET hold_expires_at = a.hold_expires_at + minutes, version = a.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = wanted RETURNING a.* INTO booked;
  PERFORM booking_event('appointment.hold_extended', booked);
  RETURN booking_answer(booked) || '{"outcome": "extended"}';
END $$;
DROP FUNCTION booking_answer(uuid);
