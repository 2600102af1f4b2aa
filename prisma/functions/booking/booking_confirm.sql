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
  person_id uuid;
  is_new_client boolean := false;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF request_key IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(organization::text || request_key, 4204));
    SELECT * INTO earlier FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF earlier.idempotency_hash <> request ->> 'idempotencyHash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
    IF earlier.id <> wanted THEN
      -- A double submit that took a second hold on its way: fold it.
      DELETE FROM appointment a WHERE a.organization_id = organization AND a.id = wanted AND a.status = 'held' RETURNING a.* INTO booked;
      IF FOUND THEN PERFORM record_release(booked, 'given_back', request -> 'actor'); END IF;
      RETURN booking_answer(earlier) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF FOUND AND booked.status <> 'held' THEN
    IF booked.idempotency_hash = request ->> 'idempotencyHash' THEN
      RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
    RETURN '{"outcome": "lost"}';
  END IF;
  IF NOT FOUND OR booked.hold_expires_at <= now() THEN
    IF request -> 'renew' IS NULL THEN RETURN '{"outcome": "expired"}'; END IF;
    IF NOT booking_versions_hold(request #> '{renew,versionKeys}', (request #>> '{renew,versionTotal}')::bigint) THEN RETURN '{"outcome": "stale"}'; END IF;
    -- A lapsed hold that is still there has kept its place; one that was removed has to find it free.
    IF booked.id IS NULL THEN
      IF insert_appointment((request #> '{renew,columns}') || jsonb_build_object('hold_expires_at', now() + interval '1 minute'), at) IS NULL THEN RETURN '{"outcome": "taken"}'; END IF;
      -- The log has told of this appointment before: its versions go on from there.
      UPDATE appointment a SET version = 1 + (
        SELECT coalesce(max(e.version), 0) FROM event e WHERE e.organization_id = organization AND e.entity_id = wanted)
      WHERE a.organization_id = organization AND a.id = wanted RETURNING a.* INTO booked;
    END IF;
  END IF;
  SELECT c.client_id, c.is_new INTO person_id, is_new_client FROM booking_client(request -> 'client') c;
  IF NOT is_new_client AND (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.client_id = person_id
      AND a.starts_at > at AND a.status IN ('pending', 'confirmed') AND a.source IN ('web', 'portal', 'api')) >= (request ->> 'liveCap')::integer THEN
    RETURN '{"outcome": "too_many_bookings"}';
  END IF;
  UPDATE appointment a SET
    status = CASE WHEN s.needs_approval OR s.needs_payment THEN 'pending' ELSE 'confirmed' END::appointment_status,
    hold_expires_at = NULL, held_by = NULL, client_id = person_id, manage_token_hash = request ->> 'manageTokenHash',
    idempotency_key = request_key, idempotency_hash = request ->> 'idempotencyHash', version = a.version + 1, updated_at = at
  FROM service s
  WHERE a.organization_id = organization AND a.id = wanted AND s.organization_id = organization AND s.id = a.service_id
  RETURNING a.* INTO booked;
  PERFORM booking_finish(booked, request, at);
  RETURN booking_answer(booked) || '{"outcome": "placed"}';
END $$;
