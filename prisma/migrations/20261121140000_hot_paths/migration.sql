-- Hot paths of the agenda as one trip each: every function sets the scope from its first argument, then reads or writes
-- in the transaction that its call is.

-- As before; when nothing has expired, which is nearly always, a look at a small index is all it costs.
CREATE OR REPLACE FUNCTION clear_expired_holds(agenda_provider uuid, agenda_room uuid, range_from timestamptz, range_to timestamptz, at timestamptz)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM appointment a WHERE a.status = 'held' AND a.hold_expires_at <= at) THEN RETURN; END IF;
  DELETE FROM appointment a
  WHERE a.organization_id = current_organization()
    AND a.status = 'held' AND a.hold_expires_at <= at
    AND (a.provider_id = agenda_provider OR a.room_id = agenda_room)
    AND a.busy_from < range_to AND a.busy_from > range_from - interval '48 hours' AND a.busy_to > range_from;
END $$;

-- Facts ----------------------------------------------------------------------------------------------------------
-- All that decides whether an appointment can be at a provider, site and time.
-- $1 organization, $2 provider, $3 site or null (the provider's first), $4 service or null, $5 from, $6 to, $7 now.
-- organization_id is spelt out beside row-level security, and busy ranges are plain comparisons bounded below by the
-- longest possible appointment, so that the covering partial indexes serve.
CREATE FUNCTION placement_facts(uuid, uuid, uuid, uuid, timestamptz, timestamptz, timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', $1::text, true);
  RETURN (
    WITH chosen_site AS (
      SELECT s.* FROM site s
      WHERE s.organization_id = $1 AND s.archived_at IS NULL
        AND EXISTS (SELECT FROM provider_site ps WHERE ps.organization_id = $1 AND ps.provider_id = $2 AND ps.site_id = s.id)
        AND ($3::uuid IS NULL OR s.id = $3::uuid)
      ORDER BY s.created_at, s.id LIMIT 1
    ), chosen_provider AS (
      SELECT p.* FROM provider p WHERE p.organization_id = $1 AND p.id = $2 AND p.archived_at IS NULL
    )
    SELECT json_build_object(
      'organization', (SELECT json_build_object('slotMinutes', slot_minutes, 'holdMinutes', hold_minutes,
          'undoSeconds', undo_seconds, 'cancelCutoffMinutes', cancel_cutoff_minutes, 'calendarPolicy', calendar_policy,
          'locale', locale, 'timezone', timezone)
        FROM organization WHERE id = $1),
      'provider', (SELECT json_build_object('id', p.id, 'userId', p.user_id, 'name', p.name, 'skills', p.skills,
          'dailyLimit', p.daily_limit,
          'siteIds', (SELECT coalesce(json_agg(ps.site_id), '[]') FROM provider_site ps
                      WHERE ps.organization_id = $1 AND ps.provider_id = p.id))
        FROM chosen_provider p),
      'site', (SELECT json_build_object('id', id, 'name', name, 'timezone', timezone, 'overbookingPercent', overbooking_percent)
        FROM chosen_site),
      'service', (SELECT json_build_object('id', s.id, 'name', s.name, 'durationMinutes', s.duration_minutes,
          'priceCents', s.price_cents, 'bufferBefore', s.buffer_before, 'bufferAfter', s.buffer_after,
          'minNoticeMinutes', s.min_notice_minutes, 'horizonDays', s.horizon_days, 'locationKind', s.location_kind,
          'requiredSkills', s.required_skills, 'needsRoom', s.needs_room, 'needsApproval', s.needs_approval,
          'needsPayment', s.needs_payment, 'overrides', s.overrides,
          'isOffered', EXISTS (SELECT FROM service_provider sp
                               WHERE sp.organization_id = $1 AND sp.service_id = s.id AND sp.provider_id = $2))
        FROM service s WHERE s.organization_id = $1 AND s.id = $4::uuid AND s.archived_at IS NULL),
      'rules', (SELECT coalesce(json_agg(json_build_object('providerId', r.provider_id, 'isoWeekday', r.iso_weekday,
          'startMinute', r.start_minute, 'endMinute', r.end_minute, 'validFrom', r.valid_from, 'validTo', r.valid_to)), '[]')
        FROM availability_rule r
        WHERE r.organization_id = $1 AND r.site_id = (SELECT id FROM chosen_site)
          AND (r.provider_id = $2 OR r.provider_id IS NULL)),
      'exceptions', (SELECT coalesce(json_agg(json_build_object('providerId', x.provider_id, 'date', x.date,
          'windows', x.windows, 'reason', x.reason)), '[]')
        FROM availability_exception x
        WHERE x.organization_id = $1 AND x.date BETWEEN ($5::timestamptz)::date - 1 AND ($6::timestamptz)::date + 1
          AND ((x.provider_id = $2 AND (x.site_id IS NULL OR x.site_id = (SELECT id FROM chosen_site)))
            OR (x.provider_id IS NULL AND x.site_id = (SELECT id FROM chosen_site)))),
      'timeOff', (SELECT coalesce(json_agg(json_build_object('from', (extract(epoch FROM o.starts_at) * 1000)::bigint,
          'to', (extract(epoch FROM o.ends_at) * 1000)::bigint, 'reason', o.reason)), '[]')
        FROM time_off o
        WHERE o.organization_id = $1 AND (o.provider_id = $2 OR o.site_id = (SELECT id FROM chosen_site))
          AND o.starts_at < $6 AND o.ends_at > $5),
      'busy', (SELECT coalesce(json_agg(b ORDER BY b."from"), '[]') FROM (
          SELECT (extract(epoch FROM a.busy_from) * 1000)::bigint AS "from", (extract(epoch FROM a.busy_to) * 1000)::bigint AS "to",
                 a.id, a.lane, CASE a.status WHEN 'held' THEN 'hold' ELSE 'appointment' END AS kind
          FROM appointment a
          WHERE a.organization_id = $1 AND a.provider_id = $2
            AND a.busy_from < $6 AND a.busy_from > $5::timestamptz - interval '48 hours' AND a.busy_to > $5
            AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
            AND (a.status <> 'held' OR a.hold_expires_at > $7)
          UNION ALL
          SELECT (extract(epoch FROM e.busy_from) * 1000)::bigint, (extract(epoch FROM e.busy_to) * 1000)::bigint, e.id, 0, 'external'
          FROM external_event e
          WHERE e.organization_id = $1 AND e.user_id = (SELECT user_id FROM chosen_provider)
            AND e.appointment_id IS NULL AND NOT e.transparent AND e.deleted_at IS NULL
            AND e.busy_from < $6 AND e.busy_to > $5
        ) b),
      'rooms', (SELECT coalesce(json_agg(json_build_object('id', r.id, 'busy', (
          SELECT coalesce(json_agg(b ORDER BY b."from"), '[]') FROM (
            SELECT (extract(epoch FROM a.busy_from) * 1000)::bigint AS "from", (extract(epoch FROM a.busy_to) * 1000)::bigint AS "to",
                   a.id, 0 AS lane, CASE a.status WHEN 'held' THEN 'hold' ELSE 'appointment' END AS kind
            FROM appointment a
            WHERE a.organization_id = $1 AND a.room_id = r.id
              AND a.busy_from < $6 AND a.busy_from > $5::timestamptz - interval '48 hours' AND a.busy_to > $5
              AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
              AND (a.status <> 'held' OR a.hold_expires_at > $7)
            UNION ALL
            SELECT (extract(epoch FROM o.starts_at) * 1000)::bigint, (extract(epoch FROM o.ends_at) * 1000)::bigint, o.id, 0, 'appointment'
            FROM time_off o WHERE o.organization_id = $1 AND o.room_id = r.id AND o.starts_at < $6 AND o.ends_at > $5
          ) b)) ORDER BY r.name, r.id), '[]')
        FROM room r
        WHERE r.organization_id = $1 AND r.site_id = (SELECT id FROM chosen_site) AND r.archived_at IS NULL),
      'counts', (SELECT coalesce(json_agg(c), '[]') FROM (
          SELECT to_char(a.starts_at AT TIME ZONE (SELECT timezone FROM chosen_site), 'YYYY-MM-DD') AS date, count(*)::int AS count
          FROM appointment a
          WHERE (SELECT daily_limit FROM chosen_provider) IS NOT NULL
            AND a.organization_id = $1 AND a.provider_id = $2 AND a.starts_at >= $5 AND a.starts_at < $6
            AND a.status NOT IN ('cancelled', 'no_show') AND (a.status <> 'held' OR a.hold_expires_at > $7)
          GROUP BY 1
        ) c)
    )
  );
END $$;

-- An appointment with the names a screen shows beside it; every join carries the organization.
CREATE FUNCTION appointment_row(organization uuid, wanted uuid) RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT row_to_json(shown) FROM (
      SELECT a.id, a.version, a.site_id, a.provider_id, a.room_id, a.service_id, s.name AS service_name,
        a.client_id, c.name AS client_name, c.email AS client_email, c.phone AS client_phone,
        a.subject_id, j.kind::text AS subject_kind, j.reference AS subject_reference,
        a.title, a.description, a.starts_at, a.ends_at, a.busy_from, a.busy_to, a.lane, a.status, a.source,
        a.location_kind, a.location_detail, a.price_cents, a.hold_expires_at,
        a.cancelled_at, a.cancelled_by_id, a.cancel_reason, a.created_at, a.updated_at
      FROM appointment a
      LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
      LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
      LEFT JOIN subject j ON j.organization_id = a.organization_id AND j.id = a.subject_id
      WHERE a.organization_id = organization AND a.id = wanted
    ) shown
  );
END $$;

-- What a creation is decided on: the facts, and the appointment that its idempotency key has made before.
CREATE FUNCTION creation_facts(
  organization uuid, wanted_provider uuid, wanted_site uuid, wanted_service uuid, range_from timestamptz, range_to timestamptz,
  at timestamptz, request_key text
) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  earlier record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF request_key IS NOT NULL THEN
    SELECT a.id, a.idempotency_hash INTO earlier FROM appointment a
    WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      RETURN json_build_object('earlier', json_build_object('hash', earlier.idempotency_hash, 'row', appointment_row(organization, earlier.id)));
    END IF;
  END IF;
  RETURN json_build_object('facts', placement_facts(organization, wanted_provider, wanted_site, wanted_service, range_from, range_to, at));
END $$;

-- What a move is decided on: the appointment, and the facts of the agenda it would enter, at its own site when the
-- provider works there, else at the provider's first. Null when there is no such appointment.
CREATE FUNCTION move_facts(
  organization uuid, wanted uuid, target_provider uuid, range_from timestamptz, range_to timestamptz, at timestamptz
) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  seen record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  SELECT a.provider_id, a.site_id, a.service_id INTO seen FROM appointment a WHERE a.organization_id = organization AND a.id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF target_provider IS NOT NULL AND target_provider <> seen.provider_id AND NOT EXISTS (
    SELECT FROM provider_site ps
    WHERE ps.organization_id = organization AND ps.provider_id = target_provider AND ps.site_id = seen.site_id)
  THEN seen.site_id := NULL; END IF;
  RETURN json_build_object('row', appointment_row(organization, wanted), 'facts', placement_facts(
    organization, coalesce(target_provider, seen.provider_id), seen.site_id, seen.service_id, range_from, range_to, at));
END $$;

-- Writes ---------------------------------------------------------------------------------------------------------
-- The known client with this name and e-mail or phone, or a new one.
CREATE FUNCTION ensure_client(person jsonb) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization uuid := current_organization();
  known uuid;
BEGIN
  SELECT c.id INTO known FROM client c
  WHERE c.organization_id = organization AND c.archived_at IS NULL AND fold_text(c.name) = fold_text(person ->> 'name')
    AND (c.email = person ->> 'email' OR c.phone = person ->> 'phone')
  ORDER BY c.created_at LIMIT 1;
  IF known IS NOT NULL THEN RETURN known; END IF;
  INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, company, updated_at)
  VALUES (organization, uuid_v7(), (person ->> 'kind')::client_kind, person ->> 'name', person ->> 'email', person ->> 'phone',
    person ->> 'locale', coalesce(person ->> 'timezone', (SELECT o.timezone FROM organization o WHERE o.id = organization)),
    person ->> 'company', now())
  RETURNING id INTO known;
  RETURN known;
END $$;

-- The subject with this reference, made when it is new.
CREATE FUNCTION ensure_subject(thing jsonb, owner uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  known uuid;
BEGIN
  INSERT INTO subject (organization_id, id, kind, reference, label, client_id, attributes)
  VALUES (current_organization(), uuid_v7(), (thing ->> 'kind')::subject_kind, thing ->> 'reference', thing ->> 'label', owner,
    thing -> 'attributes')
  ON CONFLICT (organization_id, kind, reference) DO UPDATE
    SET attributes = subject.attributes || excluded.attributes, client_id = coalesce(excluded.client_id, subject.client_id),
        label = coalesce(excluded.label, subject.label), archived_at = NULL, updated_at = now()
  RETURNING id INTO known;
  RETURN known;
END $$;

-- Creates an appointment with all that it leaves behind.
-- request: columns, client, subject (known by content; by id they are columns), attendees, record {type, actor, payload,
-- diff, address, jobs}. outcome: placed | taken | repeated | idempotency_conflict | client_unknown | subject_unknown.
CREATE FUNCTION create_appointment(organization uuid, request jsonb, at timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  columns jsonb := request -> 'columns';
  trace jsonb := request -> 'record';
  made uuid;
  earlier appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF columns ->> 'client_id' IS NOT NULL AND NOT EXISTS (
    SELECT FROM client c WHERE c.organization_id = organization AND c.id = (columns ->> 'client_id')::uuid AND c.archived_at IS NULL)
  THEN RETURN '{"outcome": "client_unknown"}'; END IF;
  IF columns ->> 'subject_id' IS NOT NULL AND NOT EXISTS (
    SELECT FROM subject s WHERE s.organization_id = organization AND s.id = (columns ->> 'subject_id')::uuid AND s.archived_at IS NULL)
  THEN RETURN '{"outcome": "subject_unknown"}'; END IF;
  IF request -> 'client' IS NULL AND request -> 'subject' IS NULL THEN
    made := insert_appointment(columns, at);
  ELSE
    -- An appointment that finds its place taken leaves no client or subject behind.
    BEGIN
      IF request -> 'client' IS NOT NULL THEN
        columns := columns || jsonb_build_object('client_id', ensure_client(request -> 'client'));
      END IF;
      IF request -> 'subject' IS NOT NULL THEN
        columns := columns || jsonb_build_object('subject_id', ensure_subject(request -> 'subject', (columns ->> 'client_id')::uuid));
      END IF;
      made := insert_appointment(columns, at);
      IF made IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'CR001'; END IF;
    EXCEPTION WHEN SQLSTATE 'CR001' THEN made := NULL;
    END;
  END IF;
  IF made IS NULL THEN
    -- The key's first request may have committed between the caller's look and this insert.
    SELECT * INTO earlier FROM appointment a
    WHERE a.organization_id = organization AND a.idempotency_key = columns ->> 'idempotency_key';
    IF NOT FOUND THEN RETURN '{"outcome": "taken"}'; END IF;
    IF earlier.idempotency_hash IS DISTINCT FROM columns ->> 'idempotency_hash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
    RETURN json_build_object('outcome', 'repeated', 'row', appointment_row(organization, earlier.id));
  END IF;
  IF jsonb_array_length(request -> 'attendees') > 0 THEN
    -- A millisecond apart: they are listed in the order they were given.
    INSERT INTO attendee (organization_id, id, appointment_id, name, email, optional, created_at)
    SELECT organization, uuid_v7(), made, x.name, x.email, coalesce(x.optional, false), at + x.place * interval '1 millisecond'
    FROM ROWS FROM (jsonb_to_recordset(request -> 'attendees') AS (name text, email text, optional boolean))
      WITH ORDINALITY AS x(name, email, optional, place)
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM record_change(trace ->> 'type', 'appointment', made, 1, (trace ->> 'actor')::uuid, trace -> 'payload', trace -> 'diff',
    trace ->> 'address', trace -> 'jobs');
  RETURN json_build_object('outcome', 'placed', 'row', appointment_row(organization, made));
END $$;

-- Changes an appointment that is still as its caller saw it, with all that the change leaves behind. The agendas it leaves
-- and enters are locked first, in one order for everybody.
-- request: id, version (as seen), agendas, columns (new values), day {provider, from, to, limit} (a daily limit is a count, which
-- no constraint guards), undo {hash, userId, action, before, until}, record as above.
-- outcome: changed | outdated (with the row as it is now) | stale (the facts have changed) | gone.
CREATE FUNCTION change_appointment(organization uuid, request jsonb, at timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  wanted uuid := (request ->> 'id')::uuid;
  trace jsonb := request -> 'record';
  day jsonb := request -> 'day';
  undo_wish jsonb := request -> 'undo';
  seen appointment;
  changed appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  PERFORM lock_agendas(ARRAY(SELECT jsonb_array_elements_text(request -> 'agendas')::uuid));
  SELECT * INTO seen FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"outcome": "gone"}'; END IF;
  IF seen.version <> (request ->> 'version')::integer THEN
    RETURN json_build_object('outcome', 'outdated', 'row', appointment_row(organization, wanted));
  END IF;
  changed := jsonb_populate_record(seen, request -> 'columns');
  IF day IS NOT NULL AND (
    SELECT count(*) FROM appointment a
    WHERE a.organization_id = organization AND a.provider_id = changed.provider_id AND a.id <> wanted
      AND a.starts_at >= (day ->> 'from')::timestamptz AND a.starts_at < (day ->> 'to')::timestamptz
      AND a.status NOT IN ('cancelled', 'no_show') AND (a.status <> 'held' OR a.hold_expires_at > at)
  ) >= (day ->> 'limit')::integer THEN RETURN '{"outcome": "stale"}'; END IF;
  PERFORM clear_expired_holds(changed.provider_id, changed.room_id, changed.busy_from, changed.busy_to, at);
  UPDATE appointment a SET
    starts_at = changed.starts_at, ends_at = changed.ends_at, busy_from = changed.busy_from, busy_to = changed.busy_to,
    provider_id = changed.provider_id, room_id = changed.room_id, lane = changed.lane, site_id = changed.site_id,
    version = seen.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = wanted;
  IF undo_wish IS NOT NULL THEN
    INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at)
    VALUES (organization, uuid_v7(), wanted, undo_wish ->> 'hash', (undo_wish ->> 'userId')::uuid, undo_wish ->> 'action',
      undo_wish -> 'before', seen.version + 1, (undo_wish ->> 'until')::timestamptz);
  END IF;
  PERFORM record_change(trace ->> 'type', 'appointment', wanted, seen.version + 1, (trace ->> 'actor')::uuid, trace -> 'payload',
    trace -> 'diff', trace ->> 'address', trace -> 'jobs');
  RETURN json_build_object('outcome', 'changed', 'row', appointment_row(organization, wanted));
END $$;
