-- Turns a hold into a booking. One trip; the same answer however often this visitor asks: a repeat has the same hold and
-- the same `idempotencyHash`, which stands for who books what. Whatever else has become of the hold is `lost` to them.
--
-- request: organizationId, id, client, liveCap, manageTokenHash, idempotencyKey, idempotencyHash, attendees, answers, address,
-- and after expiry, once the time was found open again: renew {columns, versionKeys, versionTotal}.
-- outcome: placed | expired | lost | taken | stale | too_many_bookings | idempotency_conflict.
CREATE OR REPLACE FUNCTION booking_confirm(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  organization uuid := (request ->> 'organizationId')::uuid;
  wanted uuid := (request ->> 'id')::uuid;
  request_key text := request ->> 'idempotencyKey';
  booked appointment;
  earlier appointment;
  person record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF request_key IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(organization::text || request_key, 4204));
    SELECT * INTO earlier FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      IF earlier.idempotency_hash <> request ->> 'idempotencyHash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
      -- A double submit that took a second hold on its way: fold it.
      DELETE FROM appointment a WHERE a.organization_id = organization AND a.id = wanted AND a.status = 'held' RETURNING a.* INTO booked;
      IF FOUND THEN PERFORM record_release(booked, 'given_back', request -> 'actor'); END IF;
      RETURN booking_answer(earlier) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  person := booking_client(request -> 'client');
  -- Nearly always the hold is there and in time: one statement finds it so and turns it.
  IF person.is_new OR NOT client_is_busy(person.client_id, (request ->> 'liveCap')::integer, at) THEN
    booked := turn_into_booking(request, person.client_id, now(), at);
    IF booked.id IS NOT NULL THEN RETURN booking_answer(booked) || '{"outcome": "placed"}'; END IF;
  END IF;
  RETURN booking_confirm_late(request, person.client_id, person.is_new, at);
END $$;
