-- All that decides whether an appointment can be at a provider, site and time.
-- $1 organization, $2 provider, $3 site or null (the provider's first), $4 service or null, $5 from, $6 to, $7 the caller's now (not
-- read: holds are judged by this database's clock).
-- organization_id is spelt out beside row-level security, and busy ranges are plain comparisons bounded below by the
-- longest possible appointment, so that the covering partial indexes serve.
CREATE OR REPLACE FUNCTION placement_facts(uuid, uuid, uuid, uuid, timestamptz, timestamptz, timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
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
      'site', (SELECT json_build_object('id', id, 'name', name, 'timezone', timezone, 'postalCode', postal_code,
          'overbookingPercent', overbooking_percent)
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
            AND (a.status <> 'held' OR a.hold_expires_at > now())
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
              AND (a.status <> 'held' OR a.hold_expires_at > now())
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
            AND a.busy_from > $5::timestamptz - interval '48 hours' AND a.busy_from < $6
            AND a.status NOT IN ('cancelled', 'no_show') AND (a.status <> 'held' OR a.hold_expires_at > now())
          GROUP BY 1
        ) c)
    )
  );
END $$;
