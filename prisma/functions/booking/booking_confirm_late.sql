-- What becomes of a confirmation that does not find its hold alive, or whose client (just made when `is_new`) has bookings
-- enough. Part of booking_confirm, which says what it is asked and answers.
CREATE OR REPLACE FUNCTION booking_confirm_late(request jsonb, person uuid, is_new boolean, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization uuid := (request ->> 'organizationId')::uuid;
  wanted uuid := (request ->> 'id')::uuid;
  outcome text;
  booked appointment;
BEGIN
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF FOUND AND booked.status <> 'held' THEN
    IF booked.idempotency_hash = request ->> 'idempotencyHash' THEN outcome := 'repeat'; ELSE outcome := 'lost'; END IF;
  ELSIF NOT FOUND OR booked.hold_expires_at <= now() THEN
    IF request -> 'renew' IS NULL THEN outcome := 'expired';
    ELSIF NOT booking_versions_hold(request #> '{renew,versionKeys}', (request #>> '{renew,versionTotal}')::bigint) THEN outcome := 'stale';
    -- A lapsed hold that is still there has kept its place; one that was removed has to find it free.
    ELSIF booked.id IS NULL THEN
      booked := place_appointment((request #> '{renew,columns}') || jsonb_build_object('hold_expires_at', now() + interval '1 minute'), at);
      IF booked.id IS NULL THEN outcome := 'taken';
      ELSE
        -- The log has told of this appointment before: its versions go on from there.
        UPDATE appointment a SET version = 1 + (
          SELECT coalesce(max(e.version), 0) FROM event e WHERE e.organization_id = organization AND e.entity_id = wanted)
        WHERE a.organization_id = organization AND a.id = wanted;
      END IF;
    END IF;
  END IF;
  IF outcome IS NULL THEN
    IF NOT is_new AND client_is_busy(person, (request ->> 'liveCap')::integer, at) THEN outcome := 'too_many_bookings';
    ELSE RETURN booking_answer(turn_into_booking(request, person, '-infinity', at)) || '{"outcome": "placed"}';
    END IF;
  END IF;
  -- Nobody has booked: nobody has become a client.
  IF is_new THEN DELETE FROM client c WHERE c.organization_id = organization AND c.id = person; END IF;
  IF outcome = 'repeat' THEN RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}'; END IF;
  RETURN jsonb_build_object('outcome', outcome);
END $$;
