-- All that decides slots at some sites except what occupies the time: one row a site, with the sum of the versions of
-- everything it was read from. Versions only grow, so an equal sum over the same keys means that nothing has changed.
CREATE OR REPLACE FUNCTION booking_setup(organization uuid, wanted_sites uuid[], at timestamptz)
RETURNS TABLE (site_id uuid, setup jsonb) LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
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
        'durationMinutes', v.duration_minutes, 'priceCents', v.price_cents, 'overrides', v.overrides, 'bufferBefore', v.buffer_before,
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
