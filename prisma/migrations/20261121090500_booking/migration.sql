-- Public booking: versions of what decides slots, holds by address, tokens of links, and the hot paths as one trip each.

CREATE TABLE "booking_version" (
    "organization_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "booking_version_pkey" PRIMARY KEY ("organization_id","key")
);
CREATE TABLE "used_challenge" (
    "salt" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_challenge_pkey" PRIMARY KEY ("salt")
);
CREATE INDEX "used_challenge_expires_at_idx" ON "used_challenge"("expires_at");
ALTER TABLE "appointment" ADD COLUMN "held_by" TEXT;
ALTER TABLE "provider" ADD COLUMN "feed_token_hash" TEXT;
CREATE UNIQUE INDEX "provider_feed_token_hash_key" ON "provider"("feed_token_hash");

CREATE INDEX appointment_held_by ON appointment (organization_id, held_by) WHERE status = 'held';

ALTER TABLE booking_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE booking_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON booking_version TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY system ON booking_version TO creneau_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON booking_version, used_challenge TO creneau_app, creneau_system;
-- Only the triggers below count.
REVOKE INSERT, UPDATE, DELETE ON booking_version FROM creneau_app;

-- Versions -----------------------------------------------------------------------------------------------------
-- Counts a change for each thing it belongs to, and tells the caches of every process through the event log. Arguments:
-- the columns that hold the keys, then the columns whose change means nothing to slots. Once a statement, so that an
-- import of ten thousand rules writes one row a provider.
CREATE FUNCTION count_booking_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  ignored text[] := string_to_array(coalesce(TG_ARGV[1], ''), ',') || ARRAY['updated_at'];
  changed text;
BEGIN
  changed := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT to_jsonb(n) AS line FROM new_rows n'
    WHEN 'DELETE' THEN 'SELECT to_jsonb(o) AS line FROM old_rows o'
    ELSE '(SELECT to_jsonb(n) - $2 AS line FROM new_rows n EXCEPT SELECT to_jsonb(o) - $2 FROM old_rows o)
          UNION (SELECT to_jsonb(o) - $2 FROM old_rows o EXCEPT SELECT to_jsonb(n) - $2 FROM new_rows n)'
  END;
  EXECUTE format($statement$
    WITH changed AS (%s), touched AS (
      SELECT DISTINCT coalesce(line ->> 'organization_id', line ->> 'id')::uuid AS organization_id, (line ->> name)::uuid AS key
      FROM changed, unnest($1::text[]) AS name WHERE line ->> name IS NOT NULL AND $2 IS NOT NULL
    ), counted AS (
      INSERT INTO booking_version AS v (organization_id, key, version)
      SELECT organization_id, key, 1 FROM touched ORDER BY organization_id, key
      ON CONFLICT (organization_id, key) DO UPDATE SET version = v.version + 1
      RETURNING v.organization_id, v.key
    )
    INSERT INTO event (organization_id, type, entity_id) SELECT organization_id, 'booking.facts_changed', key FROM counted
  $statement$, changed) USING key_columns, ignored;
  RETURN NULL;
END $$;

-- A public name belongs to a user, who belongs to no organization: count it for the providers that user is.
CREATE FUNCTION count_user_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  WITH counted AS (
    INSERT INTO booking_version AS v (organization_id, key, version)
    SELECT organization_id, id, 1 FROM provider WHERE user_id = NEW.id ORDER BY organization_id, id
    ON CONFLICT (organization_id, key) DO UPDATE SET version = v.version + 1
    RETURNING v.organization_id, v.key
  )
  INSERT INTO event (organization_id, type, entity_id) SELECT organization_id, 'booking.facts_changed', key FROM counted;
  RETURN NULL;
END $$;
ALTER FUNCTION count_booking_change() OWNER TO creneau_system;
ALTER FUNCTION count_user_change() OWNER TO creneau_system;

DO $$
DECLARE
  watched record;
BEGIN
  FOR watched IN SELECT * FROM (VALUES
    ('organization', 'id', ''),
    ('site', 'id,organization_id', ''),
    ('room', 'site_id,id', ''),
    ('provider', 'id', 'next_available_at,feed_token_hash'),
    ('provider_site', 'provider_id,site_id', ''),
    ('service', 'organization_id', ''),
    ('service_provider', 'provider_id', ''),
    ('availability_rule', 'provider_id,site_id', ''),
    ('availability_exception', 'provider_id,site_id', ''),
    ('time_off', 'provider_id,site_id,room_id', ''),
    ('external_event', 'user_id', 'etag,base_hash,generation,title,remote_id'),
    ('calendar_connection', 'user_id', 'access_token,refresh_token,expires_at,scopes,last_error,last_synced_at,account_email')
  ) AS w(target, key_columns, ignored) LOOP
    EXECUTE format('CREATE TRIGGER booking_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_booking_change(%L, %L)',
      watched.target, watched.key_columns, watched.ignored);
    EXECUTE format('CREATE TRIGGER booking_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_booking_change(%L, %L)',
      watched.target, watched.key_columns, watched.ignored);
    -- An organization that goes takes its caches' keys with it.
    IF watched.target <> 'organization' THEN
      EXECUTE format('CREATE TRIGGER booking_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_booking_change(%L, %L)',
        watched.target, watched.key_columns, watched.ignored);
    END IF;
  END LOOP;
END $$;
CREATE TRIGGER booking_update AFTER UPDATE OF username, deactivated_at ON "user" FOR EACH ROW
  WHEN (OLD.username IS DISTINCT FROM NEW.username OR OLD.deactivated_at IS DISTINCT FROM NEW.deactivated_at)
  EXECUTE FUNCTION count_user_change();

-- Facts --------------------------------------------------------------------------------------------------------
CREATE FUNCTION epoch_ms(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (extract(epoch FROM at) * 1000)::bigint;

-- What a public name stands for, with the sites that can be booked there; null for a name that nobody has.
CREATE FUNCTION booking_name(public_name text) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  named record;
BEGIN
  SELECT * INTO named FROM resolve_public_name(public_name);
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM set_config('app.organization_id', named.organization_id::text, true);
  RETURN jsonb_build_object('organizationId', named.organization_id, 'providerId', named.provider_id, 'sites', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'slug', s.slug) ORDER BY s.created_at, s.id), '[]') FROM site s
    WHERE s.organization_id = named.organization_id AND s.archived_at IS NULL AND (named.provider_id IS NULL OR EXISTS (
      SELECT FROM provider_site ps WHERE ps.organization_id = s.organization_id AND ps.site_id = s.id AND ps.provider_id = named.provider_id))));
END $$;

-- A public page, with the columns that anybody may see and no other.
CREATE FUNCTION booking_page(organization uuid, named_provider uuid, shown_sites uuid[]) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN (
    WITH shown_provider AS (
      SELECT p.id, p.name, p.title, p.position, u.username,
        (SELECT coalesce(jsonb_agg(v.slug ORDER BY v.position, v.slug), '[]') FROM service_provider sp
           JOIN service v ON v.organization_id = organization AND v.id = sp.service_id AND v.is_public AND v.archived_at IS NULL
         WHERE sp.organization_id = organization AND sp.provider_id = p.id AND v.required_skills <@ p.skills) AS service_slugs
      FROM provider p LEFT JOIN "user" u ON u.id = p.user_id AND u.deactivated_at IS NULL
      WHERE p.organization_id = organization AND p.archived_at IS NULL AND (named_provider IS NULL OR p.id = named_provider)
        AND EXISTS (SELECT FROM provider_site ps WHERE ps.organization_id = organization AND ps.provider_id = p.id AND ps.site_id = ANY (shown_sites))
    )
    SELECT jsonb_build_object(
      'organization', jsonb_build_object('slug', o.slug, 'name', o.name, 'preset', o.preset, 'accent', o.accent, 'phone', o.phone,
        'locale', o.locale, 'timezone', o.timezone),
      'holdMinutes', o.hold_minutes, 'cancelCutoffMinutes', o.cancel_cutoff_minutes,
      'provider', (SELECT jsonb_build_object('id', p.id, 'name', p.name, 'title', p.title) FROM shown_provider p WHERE p.id = named_provider),
      'sites', (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', s.slug, 'name', s.name, 'address', s.address, 'postalCode', s.postal_code,
          'city', s.city, 'phone', s.phone, 'timezone', s.timezone, 'latitude', s.latitude, 'longitude', s.longitude,
          'providerIds', to_jsonb(ARRAY(SELECT p.id FROM shown_provider p JOIN provider_site ps
            ON ps.organization_id = organization AND ps.provider_id = p.id AND ps.site_id = s.id ORDER BY p.position, p.name)),
          'serviceSlugs', to_jsonb(ARRAY(SELECT DISTINCT x.offered FROM shown_provider p JOIN provider_site ps
            ON ps.organization_id = organization AND ps.provider_id = p.id AND ps.site_id = s.id,
            jsonb_array_elements_text(p.service_slugs) AS x(offered) ORDER BY 1))
        ) ORDER BY s.created_at, s.id), '[]')
        FROM site s WHERE s.organization_id = organization AND s.id = ANY (shown_sites) AND s.archived_at IS NULL),
      'services', (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', v.slug, 'name', v.name, 'description', nullif(v.description, ''),
          'durationMinutes', v.duration_minutes, 'priceCents', v.price_cents, 'currency', v.currency, 'locationKind', v.location_kind,
          'needsApproval', v.needs_approval OR v.needs_payment, 'minNoticeMinutes', v.min_notice_minutes, 'horizonDays', v.horizon_days)
          ORDER BY v.position, v.name), '[]')
        FROM service v WHERE v.organization_id = organization AND v.is_public AND v.archived_at IS NULL
          AND EXISTS (SELECT FROM shown_provider p WHERE p.service_slugs ? v.slug)),
      'providers', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'title', p.title, 'username', p.username,
          'serviceSlugs', p.service_slugs) ORDER BY p.position, p.name), '[]') FROM shown_provider p)
    ) FROM organization o WHERE o.id = organization
  );
END $$;

-- All that decides slots at some sites except what occupies the time: one row a site, with the sum of the versions of
-- everything it was read from. Versions only grow, so an equal sum over the same keys means that nothing has changed.
CREATE FUNCTION booking_setup(organization uuid, wanted_sites uuid[], at timestamptz)
RETURNS TABLE (site_id uuid, setup jsonb) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
  SELECT s.id, jsonb_build_object(
    'organization', (SELECT jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'slotMinutes', o.slot_minutes,
        'holdMinutes', o.hold_minutes, 'cancelCutoffMinutes', o.cancel_cutoff_minutes, 'timezone', o.timezone, 'locale', o.locale,
        'calendarPolicy', o.calendar_policy)
      FROM organization o WHERE o.id = organization),
    'site', jsonb_build_object('id', s.id, 'slug', s.slug, 'name', s.name, 'timezone', s.timezone, 'address', s.address,
      'postalCode', s.postal_code, 'city', s.city, 'phone', s.phone, 'dailyCapacity', s.daily_capacity),
    'services', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'slug', v.slug, 'name', v.name,
        'durationMinutes', v.duration_minutes, 'priceCents', v.price_cents, 'bufferBefore', v.buffer_before,
        'bufferAfter', v.buffer_after, 'minNoticeMinutes', v.min_notice_minutes, 'horizonDays', v.horizon_days,
        'locationKind', v.location_kind, 'requiredSkills', v.required_skills, 'needsRoom', v.needs_room,
        'needsApproval', v.needs_approval OR v.needs_payment) ORDER BY v.position, v.name), '[]')
      FROM service v WHERE v.organization_id = organization AND v.is_public AND v.archived_at IS NULL),
    'rooms', (SELECT coalesce(jsonb_agg(r.id ORDER BY r.name, r.id), '[]')
      FROM room r WHERE r.organization_id = organization AND r.site_id = s.id AND r.archived_at IS NULL),
    'providers', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'userId', p.user_id, 'name', p.name, 'skills', p.skills,
        'weight', p.weight, 'dailyLimit', p.daily_limit, 'presentFrom', epoch_ms(p.created_at),
        'isCalendarLost', EXISTS (SELECT FROM calendar_connection c
          WHERE c.organization_id = organization AND c.user_id = p.user_id AND c.health <> 'healthy'),
        'services', (SELECT coalesce(jsonb_agg(sp.service_id), '[]') FROM service_provider sp
          WHERE sp.organization_id = organization AND sp.provider_id = p.id)) ORDER BY p.position, p.name, p.id), '[]')
      FROM provider p JOIN provider_site ps ON ps.organization_id = organization AND ps.provider_id = p.id AND ps.site_id = s.id
      WHERE p.organization_id = organization AND p.archived_at IS NULL),
    'rules', (SELECT coalesce(jsonb_agg(jsonb_build_object('providerId', r.provider_id, 'isoWeekday', r.iso_weekday,
        'startMinute', r.start_minute, 'endMinute', r.end_minute, 'validFrom', r.valid_from, 'validTo', r.valid_to)), '[]')
      FROM availability_rule r WHERE r.organization_id = organization AND r.site_id = s.id),
    'exceptions', (SELECT coalesce(jsonb_agg(jsonb_build_object('providerId', x.provider_id, 'date', x.date, 'windows', x.windows)), '[]')
      FROM availability_exception x
      WHERE x.organization_id = organization AND x.date >= at::date - 2
        AND (x.site_id = s.id OR (x.site_id IS NULL AND x.provider_id IN (
          SELECT ps.provider_id FROM provider_site ps WHERE ps.organization_id = organization AND ps.site_id = s.id)))),
    'timeOff', (SELECT coalesce(jsonb_agg(jsonb_build_object('providerId', t.provider_id, 'siteId', t.site_id, 'roomId', t.room_id,
        'from', epoch_ms(t.starts_at), 'to', epoch_ms(t.ends_at))), '[]')
      FROM time_off t
      WHERE t.organization_id = organization AND t.ends_at > at - interval '31 days' AND (t.site_id = s.id
        OR t.provider_id IN (SELECT ps.provider_id FROM provider_site ps WHERE ps.organization_id = organization AND ps.site_id = s.id)
        OR t.room_id IN (SELECT r.id FROM room r WHERE r.organization_id = organization AND r.site_id = s.id))),
    'versions', (SELECT coalesce(jsonb_object_agg(k.key, coalesce(v.version, 0)), '{}') FROM (
        SELECT organization AS key UNION SELECT s.id
        UNION SELECT r.id FROM room r WHERE r.organization_id = organization AND r.site_id = s.id
        UNION SELECT unnest(ARRAY[p.id, p.user_id]) FROM provider p
          JOIN provider_site ps ON ps.organization_id = organization AND ps.provider_id = p.id AND ps.site_id = s.id
          WHERE p.organization_id = organization
      ) k LEFT JOIN booking_version v ON v.organization_id = organization AND v.key = k.key
      WHERE k.key IS NOT NULL)
  )
  FROM site s
  WHERE s.organization_id = organization AND s.id = ANY (wanted_sites) AND s.archived_at IS NULL;
END $$;

-- What occupies the time of several providers and of the rooms and the day's capacity of several sites, packed: one row
-- each. `times` holds triples of epoch milliseconds: from, to, and when a hold lapses (0: it is no hold).
CREATE FUNCTION booking_busy(organization uuid, providers uuid[], sites uuid[], range_from timestamptz, range_to timestamptz, at timestamptz)
RETURNS TABLE (kind text, key uuid, times bigint[], external bigint[], counts jsonb, assigned bigint[]) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
  SELECT 'provider', wanted.id,
    (SELECT array_agg(t ORDER BY a.busy_from, a.id, o) FROM appointment a,
       unnest(ARRAY[epoch_ms(a.busy_from), epoch_ms(a.busy_to), coalesce(epoch_ms(a.hold_expires_at), 0)]) WITH ORDINALITY AS x(t, o)
     WHERE a.organization_id = organization AND a.provider_id = wanted.id
       AND a.busy_from < range_to AND a.busy_from > range_from - interval '48 hours' AND a.busy_to > range_from
       AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)),
    (SELECT array_agg(t ORDER BY e.busy_from, e.id, o) FROM external_event e,
       unnest(ARRAY[epoch_ms(e.busy_from), epoch_ms(e.busy_to)]) WITH ORDINALITY AS x(t, o)
     WHERE e.organization_id = organization AND e.user_id = p.user_id AND e.appointment_id IS NULL AND NOT e.transparent
       AND e.deleted_at IS NULL AND e.busy_from < range_to AND e.busy_to > range_from),
    CASE WHEN p.daily_limit IS NOT NULL THEN (
      SELECT jsonb_agg(jsonb_build_array(epoch_ms(a.starts_at), coalesce(epoch_ms(a.hold_expires_at), 0))) FROM appointment a
      WHERE a.organization_id = organization AND a.provider_id = wanted.id AND a.starts_at >= range_from AND a.starts_at < range_to
        AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)) END,
    (SELECT array_agg(epoch_ms(a.created_at)) FROM appointment a
     WHERE a.organization_id = organization AND a.provider_id = wanted.id
       AND a.starts_at >= at - interval '30 days' AND a.starts_at < range_to AND a.created_at >= at - interval '30 days'
       AND a.source IN ('web', 'portal', 'api') AND a.status <> 'cancelled')
  FROM unnest(providers) AS wanted(id)
  JOIN provider p ON p.organization_id = organization AND p.id = wanted.id
  UNION ALL
  SELECT 'room', r.id,
    (SELECT array_agg(t ORDER BY a.busy_from, a.id, o) FROM appointment a,
       unnest(ARRAY[epoch_ms(a.busy_from), epoch_ms(a.busy_to), coalesce(epoch_ms(a.hold_expires_at), 0)]) WITH ORDINALITY AS x(t, o)
     WHERE a.organization_id = organization AND a.room_id = r.id
       AND a.busy_from < range_to AND a.busy_from > range_from - interval '48 hours' AND a.busy_to > range_from
       AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)),
    NULL, NULL, NULL
  FROM room r WHERE r.organization_id = organization AND r.site_id = ANY (sites) AND r.archived_at IS NULL
  UNION ALL
  SELECT 'site', s.id, NULL, NULL,
    (SELECT jsonb_agg(jsonb_build_array(epoch_ms(a.starts_at), coalesce(epoch_ms(a.hold_expires_at), 0))) FROM appointment a
     WHERE a.organization_id = organization AND a.site_id = s.id AND a.starts_at >= range_from AND a.starts_at < range_to
       AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)), NULL
  FROM site s WHERE s.organization_id = organization AND s.id = ANY (sites) AND s.daily_capacity IS NOT NULL;
END $$;

-- Writes -------------------------------------------------------------------------------------------------------
-- As before, with `held_by`.
CREATE OR REPLACE FUNCTION insert_appointment(columns jsonb, at timestamptz) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  wanted appointment;
  inserted uuid;
  agenda uuid;
BEGIN
  wanted := jsonb_populate_record(NULL::appointment, columns);
  FOR agenda IN SELECT key FROM unnest(ARRAY[wanted.provider_id, wanted.room_id]) AS key WHERE key IS NOT NULL ORDER BY key LOOP
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(agenda::text, 4201));
  END LOOP;
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

-- Whether what was decided on is still so; see booking_setup.
CREATE FUNCTION booking_versions_hold(keys jsonb, total bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(v.version), 0) = total FROM booking_version v
  WHERE v.organization_id = current_organization() AND v.key = ANY (ARRAY(SELECT jsonb_array_elements_text(keys)::uuid))
$$;

-- The same for a reader outside any booking: before a refusal, whether it rests on old news.
CREATE FUNCTION booking_is_current(organization uuid, keys uuid[], total bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN (SELECT coalesce(sum(v.version), 0) = total FROM booking_version v WHERE v.organization_id = organization AND v.key = ANY (keys));
END $$;

-- What every answer about a booking says of it.
CREATE FUNCTION booking_answer(wanted uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', a.id, 'status', a.status, 'version', a.version, 'providerId', a.provider_id, 'siteId', a.site_id,
    'startsAt', epoch_ms(a.starts_at), 'endsAt', epoch_ms(a.ends_at), 'holdExpiresAt', epoch_ms(a.hold_expires_at))
  FROM appointment a WHERE a.organization_id = current_organization() AND a.id = wanted
$$;

-- The payload of an appointment's events.
CREATE FUNCTION booking_event(event_type text, booked appointment) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT append_event(event_type, booked.id, booked.version, NULL, jsonb_build_object('providerId', booked.provider_id, 'siteId', booked.site_id,
    'roomId', booked.room_id, 'startsAt', to_char(booked.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
$$;

-- The client of a public booking: the known one with the same name and the same e-mail (the phone, when no e-mail is
-- given), or a new one under `id`. A stranger who knows a name and a phone can so never attach an address of their own
-- to somebody else. Bookings of one contact queue, so that two at once do not make two clients.
CREATE FUNCTION booking_client(person jsonb, OUT client_id uuid, OUT is_new boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(current_organization()::text || coalesce(person ->> 'email', person ->> 'phone'), 4203));
  is_new := false;
  IF person ->> 'email' IS NOT NULL THEN
    SELECT c.id INTO client_id FROM client c
    WHERE c.organization_id = current_organization() AND c.email = person ->> 'email'
      AND c.archived_at IS NULL AND fold_text(c.name) = fold_text(person ->> 'name') ORDER BY c.created_at LIMIT 1;
  ELSE
    SELECT c.id INTO client_id FROM client c
    WHERE c.organization_id = current_organization() AND c.phone = person ->> 'phone'
      AND c.archived_at IS NULL AND fold_text(c.name) = fold_text(person ->> 'name') ORDER BY c.created_at LIMIT 1;
  END IF;
  IF client_id IS NULL THEN
    is_new := true;
    client_id := (person ->> 'id')::uuid;
    INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, portal_token_hash, updated_at)
    VALUES (current_organization(), client_id, 'individual', person ->> 'name', person ->> 'email', person ->> 'phone', person ->> 'locale',
      coalesce(person ->> 'timezone', (SELECT timezone FROM organization WHERE id = current_organization())), person ->> 'portalTokenHash', now());
  END IF;
END $$;

-- Attendees, the client's answers (a shared note: the client wrote it and may read it again) and what every change
-- leaves behind. A person is told at once: a client's own booking has no undo.
CREATE FUNCTION booking_finish(booked appointment, request jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF jsonb_array_length(coalesce(request -> 'attendees', '[]')) > 0 THEN
    INSERT INTO attendee (organization_id, id, appointment_id, name, email, updated_at)
    SELECT current_organization(), uuid_v7(), booked.id, x.name, x.email, at
    FROM jsonb_to_recordset(request -> 'attendees') AS x(name text, email text) ON CONFLICT DO NOTHING;
  END IF;
  IF request ->> 'answers' IS NOT NULL THEN
    INSERT INTO note (organization_id, id, appointment_id, kind, author_client_id, body, shared_at, created_at, updated_at)
    VALUES (current_organization(), uuid_v7(), booked.id, 'shared', booked.client_id, request ->> 'answers', at, at, at);
  END IF;
  PERFORM booking_event('appointment.created', booked);
  INSERT INTO audit (organization_id, id, action, entity, entity_id, diff, address)
  VALUES (current_organization(), uuid_v7(), 'appointment.created', 'appointment', booked.id,
    jsonb_build_object('startsAt', booked.starts_at, 'endsAt', booked.ends_at, 'providerId', booked.provider_id, 'source', booked.source),
    request ->> 'address');
  PERFORM enqueue_job('appointments.notify', jsonb_build_object('organizationId', current_organization(), 'appointmentId', booked.id,
    'change', 'created', 'version', booked.version), at);
END $$;

-- Why this provider got a booking that was for anyone: for the audit, and in words for those who open the appointment.
CREATE FUNCTION booking_explain_assignment(booked uuid, candidate jsonb) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO audit (organization_id, id, action, entity, entity_id, diff)
  SELECT current_organization(), uuid_v7(), 'appointment.assigned', 'appointment', booked, candidate -> 'why' WHERE candidate -> 'why' IS NOT NULL;
  INSERT INTO note (organization_id, id, appointment_id, kind, body, updated_at)
  SELECT current_organization(), uuid_v7(), booked, 'system', candidate ->> 'note', now() WHERE candidate ->> 'note' IS NOT NULL
$$;

-- Takes the first of the candidates that is free: as a hold, or (with a `client`) as a booking at once. One trip.
--
-- request: organizationId, versionKeys, versionTotal, columns (of the appointment), candidates [{providerId, rooms, dailyLimit, why,
-- note}], day {from, to, siteCapacity}, holdCap, client, liveCap, attendees, answers, address.
-- outcome: placed | taken | stale (decided on facts that have changed) | too_many_holds | too_many_bookings | idempotency_conflict.
CREATE FUNCTION booking_place(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization uuid := (request ->> 'organizationId')::uuid;
  columns jsonb := request -> 'columns';
  request_key text := request #>> '{columns,idempotency_key}';
  day_from timestamptz := (request #>> '{day,from}')::timestamptz;
  day_to timestamptz := (request #>> '{day,to}')::timestamptz;
  site_capacity integer := (request #>> '{day,siteCapacity}')::integer;
  candidate jsonb;
  agenda record;
  chosen_room uuid;
  placed uuid;
  booked appointment;
  person_id uuid;
  is_new_client boolean := false;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF request_key IS NOT NULL THEN
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      IF booked.idempotency_hash IS DISTINCT FROM columns ->> 'idempotency_hash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
      RETURN booking_answer(booked.id) || '{"outcome": "placed", "isRepeat": true}';
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
    FOR candidate IN SELECT * FROM jsonb_array_elements(request -> 'candidates') LOOP
      CONTINUE WHEN candidate ->> 'dailyLimit' IS NOT NULL AND (
        SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.provider_id = (candidate ->> 'providerId')::uuid
          AND a.starts_at >= day_from AND a.starts_at < day_to AND a.status NOT IN ('cancelled', 'no_show')
          AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)) >= (candidate ->> 'dailyLimit')::integer;
      FOR chosen_room IN
        SELECT r::uuid FROM jsonb_array_elements_text(candidate -> 'rooms') r
        UNION ALL SELECT NULL WHERE jsonb_array_length(candidate -> 'rooms') = 0
      LOOP
        placed := insert_appointment(columns || jsonb_build_object('provider_id', candidate -> 'providerId', 'room_id', chosen_room), at);
        EXIT candidates WHEN placed IS NOT NULL;
      END LOOP;
    END LOOP;
  END IF;
  IF placed IS NULL THEN
    IF is_new_client THEN DELETE FROM client WHERE organization_id = organization AND id = person_id; END IF;
    -- The twin of this request, with the same key, may have come first.
    SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND AND booked.idempotency_hash = columns ->> 'idempotency_hash' THEN
      RETURN booking_answer(booked.id) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
    RETURN '{"outcome": "taken"}';
  END IF;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = placed;
  PERFORM booking_explain_assignment(placed, candidate);
  IF booked.status = 'held' THEN PERFORM booking_event('appointment.held', booked);
  ELSE PERFORM booking_finish(booked, request, at);
  END IF;
  RETURN booking_answer(placed) || '{"outcome": "placed"}';
END $$;

-- Turns a hold into a booking. One trip; the same answer however often it is asked.
--
-- request: organizationId, id, client, liveCap, manageTokenHash, idempotencyKey, idempotencyHash, attendees, answers, address,
-- and after expiry, once the time was found open again: renew {columns, versionKeys, versionTotal}.
-- outcome: placed | expired | taken | stale | too_many_bookings | idempotency_conflict.
CREATE FUNCTION booking_confirm(request jsonb, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
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
      RETURN booking_answer(earlier.id) || '{"outcome": "placed", "isRepeat": true}';
    END IF;
  END IF;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF FOUND AND booked.status <> 'held' THEN
    RETURN booking_answer(wanted) || '{"outcome": "placed", "isRepeat": true}';
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
  IF (SELECT count(*) FROM appointment a WHERE a.organization_id = organization AND a.client_id = person_id
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
  RETURN booking_answer(wanted) || '{"outcome": "placed"}';
END $$;

-- Lengthens a hold, once: it may end at most two hold times after it was taken.
CREATE FUNCTION booking_extend_hold(organization uuid, wanted uuid, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
  minutes interval;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  SELECT o.hold_minutes * interval '1 minute' INTO minutes FROM organization o WHERE o.id = organization;
  SELECT * INTO booked FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF NOT FOUND OR booked.status <> 'held' OR booked.hold_expires_at <= at THEN RETURN '{"outcome": "expired"}'; END IF;
  IF booked.version > 1 THEN RETURN booking_answer(wanted) || '{"outcome": "extended", "isRepeat": true}'; END IF;
  UPDATE appointment a SET hold_expires_at = a.hold_expires_at + minutes, version = a.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = wanted RETURNING a.* INTO booked;
  PERFORM booking_event('appointment.hold_extended', booked);
  RETURN booking_answer(wanted) || '{"outcome": "extended"}';
END $$;

-- Gives a hold back; whether there was one.
CREATE FUNCTION booking_release_hold(organization uuid, wanted uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  booked appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  DELETE FROM appointment a WHERE a.organization_id = organization AND a.id = wanted AND a.status = 'held' RETURNING a.* INTO booked;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM booking_event('appointment.hold_released', booked);
  RETURN true;
END $$;

-- Spends a proof of work; false when it was spent before.
CREATE FUNCTION spend_challenge(challenge_salt text, challenge_expires_at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  DELETE FROM used_challenge WHERE expires_at < now() - interval '1 hour';
  INSERT INTO used_challenge (salt, expires_at) VALUES (challenge_salt, challenge_expires_at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Links ----------------------------------------------------------------------------------------------------------
-- Whose a link is. The caller compares the stored hash once more, in constant time.
CREATE FUNCTION resolve_manage_token(token_hash text) RETURNS TABLE (organization_id uuid, appointment_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.organization_id, a.id, a.manage_token_hash FROM appointment a WHERE a.manage_token_hash = token_hash
$$;
CREATE FUNCTION resolve_portal_token(token_hash text) RETURNS TABLE (organization_id uuid, client_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.organization_id, c.id, c.portal_token_hash FROM client c WHERE c.portal_token_hash = token_hash AND c.archived_at IS NULL
$$;
CREATE FUNCTION resolve_feed_token(token_hash text) RETURNS TABLE (organization_id uuid, provider_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.organization_id, p.id, p.feed_token_hash FROM provider p WHERE p.feed_token_hash = token_hash AND p.archived_at IS NULL
$$;
DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY['resolve_manage_token(text)', 'resolve_portal_token(text)', 'resolve_feed_token(text)'] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO creneau_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO creneau_app', signature);
  END LOOP;
END $$;
