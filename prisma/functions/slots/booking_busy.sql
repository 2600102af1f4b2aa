-- What occupies the time of several providers and of the rooms and the day's capacity of several sites: one row each.
-- `times` and `external` are packed: 24 octets an interval, its start, its end and when it lapses ("infinity" for never), each as
-- PostgreSQL sends an instant (microseconds since 2000, most significant octet first). An array of numbers was sorted,
-- joined and printed one by one: for the providers of forty sites that took four times as long as reading the index.
-- No more of the past is read than a start from now on can meet: the longest buffer before it.
CREATE OR REPLACE FUNCTION booking_busy(organization uuid, providers uuid[], sites uuid[], range_to timestamptz, at timestamptz)
RETURNS TABLE (kind text, key uuid, times bytea, external bytea, counts jsonb) LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  earliest timestamptz;
  -- The longest day of any zone: what was booked since counts for the date of `at`.
  day_before timestamptz := at - interval '26 hours';
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  earliest := at - interval '1 minute' * coalesce((SELECT max(v.buffer_before) FROM service v WHERE v.organization_id = organization), 0);
  RETURN QUERY
  SELECT 'provider', wanted.id,
    (SELECT string_agg(timestamptz_send(a.busy_from) || timestamptz_send(a.busy_to)
        || timestamptz_send(coalesce(a.hold_expires_at, 'infinity')), '' ORDER BY a.busy_from)
     FROM appointment a
     WHERE a.organization_id = organization AND a.provider_id = wanted.id
       AND a.busy_from < range_to AND a.busy_from > earliest - interval '48 hours' AND a.busy_to > earliest
       AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now())),
    (SELECT string_agg(timestamptz_send(e.busy_from) || timestamptz_send(e.busy_to)
        || timestamptz_send('infinity'), '' ORDER BY e.busy_from)
     FROM external_event e
     WHERE e.organization_id = organization AND e.user_id = p.user_id AND e.appointment_id IS NULL AND NOT e.transparent
       AND e.deleted_at IS NULL AND e.busy_from < range_to AND e.busy_to > earliest),
    CASE WHEN p.daily_limit IS NOT NULL THEN (
      SELECT jsonb_agg(jsonb_build_array(epoch_ms(a.starts_at), coalesce(epoch_ms(a.hold_expires_at), 0))) FROM appointment a
      WHERE a.organization_id = organization AND a.provider_id = wanted.id AND a.starts_at >= day_before AND a.starts_at < range_to
        AND a.busy_from > day_before - interval '48 hours' AND a.busy_from < range_to
        AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now())) END
  FROM unnest(providers) AS wanted(id)
  JOIN provider p ON p.organization_id = organization AND p.id = wanted.id
  UNION ALL
  SELECT 'room', r.id,
    (SELECT string_agg(timestamptz_send(a.busy_from) || timestamptz_send(a.busy_to)
        || timestamptz_send(coalesce(a.hold_expires_at, 'infinity')), '' ORDER BY a.busy_from)
     FROM appointment a
     WHERE a.organization_id = organization AND a.room_id = r.id
       AND a.busy_from < range_to AND a.busy_from > earliest - interval '48 hours' AND a.busy_to > earliest
       AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now())),
    NULL, NULL
  FROM room r WHERE r.organization_id = organization AND r.site_id = ANY (sites) AND r.archived_at IS NULL
  UNION ALL
  SELECT 'site', s.id, NULL, NULL,
    (SELECT jsonb_agg(jsonb_build_array(epoch_ms(a.starts_at), coalesce(epoch_ms(a.hold_expires_at), 0))) FROM appointment a
     WHERE a.organization_id = organization AND a.site_id = s.id AND a.starts_at >= day_before AND a.starts_at < range_to
       AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > now()))
  FROM site s WHERE s.organization_id = organization AND s.id = ANY (sites) AND s.daily_capacity IS NOT NULL;
END $$;
