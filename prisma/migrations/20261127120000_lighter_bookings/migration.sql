-- A booking costs the database less: no wait for the disk by a hold, no cursor to walk over one element, no count of the
-- bookings of a client who did not exist a moment ago, and no identifiers put together bit by bit (ADR 14).

-- PostgreSQL 18 makes identifiers by time itself.
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 180000 THEN
    CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT uuidv7()';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION insert_appointment(columns jsonb, at timestamptz) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  wanted appointment;
  inserted uuid;
BEGIN
  wanted := jsonb_populate_record(NULL::appointment, columns);
  -- Provider and room in the order of their keys, as everywhere.
  IF wanted.room_id < wanted.provider_id THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.room_id::text, 4201)); END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.provider_id::text, 4201));
  IF wanted.room_id > wanted.provider_id THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.room_id::text, 4201)); END IF;
  PERFORM clear_expired_holds(wanted.provider_id, wanted.room_id, wanted.busy_from, wanted.busy_to, at);
  INSERT INTO appointment (
    organization_id, id, site_id, provider_id, room_id, service_id, client_id, subject_id, title, description,
    starts_at, ends_at, busy_from, busy_to, lane, status, source, location_kind, location_detail, price_cents,
    hold_expires_at, held_by, manage_token_hash, idempotency_key, idempotency_hash, created_by_id, created_at, updated_at
  ) VALUES (
    current_organization(), coalesce(wanted.id, uuid_v7()), wanted.site_id, wanted.provider_id, wanted.room_id, wanted.service_id,
    wanted.client_id, wanted.subject_id, coalesce(wanted.title, ''), wanted.description,
    wanted.starts_at, wanted.ends_at, wanted.busy_from, wanted.busy_to, coalesce(wanted.lane, 0), wanted.status, wanted.source,
    coalesce(wanted.location_kind, 'in_person'), wanted.location_detail, wanted.price_cents,
    wanted.hold_expires_at, wanted.held_by, wanted.manage_token_hash, wanted.idempotency_key, wanted.idempotency_hash, wanted.created_by_id, at, at
  )
  ON CONFLICT DO NOTHING
  RETURNING id INTO inserted;
  RETURN inserted;
END $$;

CREATE OR REPLACE FUNCTION booking_place(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode TO 'force_generic_plan' AS $$
DECLARE
  organization uuid := (request ->> 'organizationId')::uuid;
  columns jsonb := request -> 'columns';
  request_key text := request #>> '{columns,idempotency_key}';
  day_from timestamptz := (request #>> '{day,from}')::timestamptz;
  day_to timestamptz := (request #>> '{day,to}')::timestamptz;
  site_capacity integer := (request #>> '{day,siteCapacity}')::integer;
  candidate jsonb;
  agenda record;
  placed uuid;
  booked appointment;
  person_id uuid;
  is_new_client boolean := false;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  -- A hold need not outlive a crash of the database: its token carries all that a confirmation needs to take the time
  -- anew. It does not wait for the disk; the booking itself does.
  IF columns ->> 'status' = 'held' THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  IF request_key IS NOT NULL THEN
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      IF booked.idempotency_hash IS DISTINCT FROM columns ->> 'idempotency_hash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
      RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  IF NOT booking_versions_hold(request -> 'versionKeys', (request ->> 'versionTotal')::bigint) THEN RETURN '{"outcome": "stale"}'; END IF;
  IF (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.held_by = columns ->> 'held_by'
      AND a.status = 'held' AND a.hold_expires_at > at) >= (request ->> 'holdCap')::integer THEN
    RETURN '{"outcome": "too_many_holds"}';
  END IF;
  IF request -> 'client' IS NOT NULL THEN
    SELECT c.client_id, c.is_new INTO person_id, is_new_client FROM booking_client(request -> 'client') c;
    IF (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.client_id = person_id
        AND a.starts_at > at AND a.status IN ('pending', 'confirmed') AND a.source IN ('web', 'portal', 'api')) >= (request ->> 'liveCap')::integer THEN
      RETURN '{"outcome": "too_many_bookings"}';
    END IF;
    columns := columns || jsonb_build_object('client_id', person_id);
  END IF;
  -- Every agenda at once and in one order, as moves do. A daily limit is a count, which no constraint guards: who may be
  -- the last of the day is settled one after the other.
  IF jsonb_array_length(request -> 'candidates') > 1 OR site_capacity IS NOT NULL OR request #>> '{candidates,0,dailyLimit}' IS NOT NULL
    OR jsonb_array_length(request #> '{candidates,0,rooms}') > 1 THEN
    FOR agenda IN
      SELECT x.key, bool_or(x.is_counted) AS is_counted FROM (
        SELECT c ->> 'providerId' AS key, c ->> 'dailyLimit' IS NOT NULL AS is_counted FROM jsonb_array_elements(request -> 'candidates') c
        UNION ALL SELECT r, false FROM jsonb_array_elements(request -> 'candidates') c, jsonb_array_elements_text(c -> 'rooms') r
        UNION ALL SELECT columns ->> 'site_id', true WHERE site_capacity IS NOT NULL
      ) x GROUP BY x.key ORDER BY x.key::uuid
    LOOP
      IF agenda.is_counted THEN PERFORM pg_advisory_xact_lock(hashtextextended(agenda.key, 4201));
      ELSE PERFORM pg_advisory_xact_lock_shared(hashtextextended(agenda.key, 4201));
      END IF;
    END LOOP;
  END IF;
  IF site_capacity IS NULL OR (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.site_id = (columns ->> 'site_id')::uuid
      AND a.starts_at >= day_from AND a.starts_at < day_to AND a.status NOT IN ('cancelled', 'no_show')
      AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)) < site_capacity THEN
    <<candidates>>
    FOR rank IN 0 .. jsonb_array_length(request -> 'candidates') - 1 LOOP
      candidate := request -> 'candidates' -> rank;
      CONTINUE WHEN candidate ->> 'dailyLimit' IS NOT NULL AND (
        SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.provider_id = (candidate ->> 'providerId')::uuid
          AND a.starts_at >= day_from AND a.starts_at < day_to AND a.status NOT IN ('cancelled', 'no_show')
          AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)) >= (candidate ->> 'dailyLimit')::integer;
      -- Where no room is needed there is one try, with none.
      FOR choice IN 0 .. greatest(jsonb_array_length(candidate -> 'rooms') - 1, 0) LOOP
        placed := insert_appointment(
          columns || jsonb_build_object('provider_id', candidate -> 'providerId', 'room_id', candidate -> 'rooms' -> choice), at);
        EXIT candidates WHEN placed IS NOT NULL;
      END LOOP;
    END LOOP;
  END IF;
  IF placed IS NULL THEN
    IF is_new_client THEN DELETE FROM client WHERE organization_id = organization AND id = person_id; END IF;
    -- The twin of this request, with the same key, may have come first.
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND AND booked.idempotency_hash = columns ->> 'idempotency_hash' THEN
      RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
    RETURN '{"outcome": "taken"}';
  END IF;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = placed;
  IF candidate ?| ARRAY['why', 'note'] THEN PERFORM booking_explain_assignment(placed, candidate); END IF;
  IF booked.status = 'held' THEN PERFORM booking_event('appointment.held', booked);
  ELSE PERFORM booking_finish(booked, request, at);
  END IF;
  RETURN booking_answer(booked) || '{"outcome": "placed"}';
END $$;

CREATE OR REPLACE FUNCTION booking_confirm(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode TO 'force_generic_plan' AS $$
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
    SELECT * INTO earlier FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key AND a.id <> wanted;
    IF FOUND THEN
      IF earlier.idempotency_hash IS DISTINCT FROM request ->> 'idempotencyHash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
      -- A double submit that took a second hold on its way: fold it.
      DELETE FROM appointment a WHERE a.organization_id = organization AND a.id = wanted AND a.status = 'held' RETURNING a.* INTO booked;
      IF FOUND THEN PERFORM booking_event('appointment.hold_released', booked); END IF;
      RETURN booking_answer(earlier) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF FOUND AND booked.status <> 'held' THEN
    RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
  END IF;
  IF NOT FOUND OR booked.hold_expires_at <= at THEN
    IF request -> 'renew' IS NULL THEN RETURN '{"outcome": "expired"}'; END IF;
    IF NOT booking_versions_hold(request #> '{renew,versionKeys}', (request #>> '{renew,versionTotal}')::bigint) THEN RETURN '{"outcome": "stale"}'; END IF;
    -- A lapsed hold that is still there has kept its place; one that was removed has to find it free.
    IF booked.id IS NULL THEN
      IF insert_appointment(request #> '{renew,columns}', at) IS NULL THEN RETURN '{"outcome": "taken"}'; END IF;
      SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted;
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
