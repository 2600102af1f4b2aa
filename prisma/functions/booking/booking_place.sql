-- Takes the first of the candidates that is free: as a hold, or (with a `client`) as a booking at once. One trip.
--
-- request: organizationId, versionKeys, versionTotal, columns (of the appointment), candidates [{providerId, rooms, dailyLimit, why,
-- note}], day {from, to, siteCapacity}, holdCap, client, liveCap, attendees, answers, address.
-- outcome: placed | taken | stale (decided on facts that have changed) | too_many_holds | too_many_bookings | idempotency_conflict.
CREATE OR REPLACE FUNCTION booking_place(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  organization uuid := (request ->> 'organizationId')::uuid;
  columns jsonb := request -> 'columns';
  request_key text := request #>> '{columns,idempotency_key}';
  day_from timestamptz := (request #>> '{day,from}')::timestamptz;
  day_to timestamptz := (request #>> '{day,to}')::timestamptz;
  site_capacity integer := (request #>> '{day,siteCapacity}')::integer;
  candidate jsonb;
  agenda record;
  booked appointment;
  person record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  -- A hold need not outlive a crash of the database: its token carries all that a confirmation needs to take the time
  -- anew. It does not wait for the disk; the booking itself does.
  IF columns ->> 'status' = 'held' THEN
    PERFORM set_config('synchronous_commit', 'off', true);
    -- Holds are judged by this database's clock alone: what its caller calls so long from `at` is so long from now.
    columns := columns || jsonb_build_object('hold_expires_at', now() + ((columns ->> 'hold_expires_at')::timestamptz - at));
  END IF;
  IF request_key IS NOT NULL THEN
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      IF booked.idempotency_hash IS DISTINCT FROM columns ->> 'idempotency_hash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
      RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  IF NOT booking_versions_hold(request -> 'versionKeys', (request ->> 'versionTotal')::bigint) THEN RETURN '{"outcome": "stale"}'; END IF;
  IF (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.held_by = columns ->> 'held_by'
      AND a.status = 'held' AND a.hold_expires_at > now()) >= (request ->> 'holdCap')::integer THEN
    RETURN '{"outcome": "too_many_holds"}';
  END IF;
  IF request -> 'client' IS NOT NULL THEN
    person := booking_client(request -> 'client');
    IF NOT person.is_new AND client_is_busy(person.client_id, (request ->> 'liveCap')::integer, at) THEN
      RETURN '{"outcome": "too_many_bookings"}';
    END IF;
    columns := columns || jsonb_build_object('client_id', person.client_id);
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
      AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now())) < site_capacity THEN
    <<candidates>>
    FOR rank IN 0 .. jsonb_array_length(request -> 'candidates') - 1 LOOP
      candidate := request -> 'candidates' -> rank;
      CONTINUE WHEN candidate ->> 'dailyLimit' IS NOT NULL AND (
        SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.provider_id = (candidate ->> 'providerId')::uuid
          AND a.busy_from > day_from - interval '48 hours' AND a.busy_from < day_to
          AND a.starts_at >= day_from AND a.starts_at < day_to AND a.status NOT IN ('cancelled', 'no_show')
          AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now())) >= (candidate ->> 'dailyLimit')::integer;
      -- Where no room is needed there is one try, with none.
      FOR choice IN 0 .. greatest(jsonb_array_length(candidate -> 'rooms') - 1, 0) LOOP
        booked := place_appointment(
          columns || jsonb_build_object('provider_id', candidate -> 'providerId', 'room_id', candidate -> 'rooms' -> choice), at);
        EXIT candidates WHEN booked.id IS NOT NULL;
      END LOOP;
    END LOOP;
  END IF;
  IF booked.id IS NULL THEN
    IF request -> 'client' IS NOT NULL THEN
      DELETE FROM client c WHERE person.is_new AND c.organization_id = organization AND c.id = person.client_id;
    END IF;
    -- The twin of this request, with the same key, may have come first.
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND AND booked.idempotency_hash = columns ->> 'idempotency_hash' THEN
      RETURN booking_answer(booked) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
    RETURN '{"outcome": "taken"}';
  END IF;
  IF candidate ?| ARRAY['why', 'note'] THEN PERFORM booking_explain_assignment(booked.id, candidate); END IF;
  IF booked.status = 'held' THEN PERFORM record_hold('appointment.held', booked, request -> 'actor');
  ELSE PERFORM booking_finish(booked, request, at);
  END IF;
  RETURN booking_answer(booked) || '{"outcome": "placed"}';
END $$;
