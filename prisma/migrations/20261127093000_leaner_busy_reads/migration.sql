-- Busy time is answered from the index alone: a hold's expiry, the one thing it lacked, sent every read of an agenda to
-- the table, page by page.
DROP INDEX appointment_provider_busy;
CREATE INDEX appointment_provider_busy ON appointment (organization_id, provider_id, busy_from) INCLUDE (busy_to, lane, hold_expires_at)
  WHERE status IN ('held', 'pending', 'confirmed', 'in_progress');
DROP INDEX appointment_room_busy;
CREATE INDEX appointment_room_busy ON appointment (organization_id, room_id, busy_from) INCLUDE (busy_to, hold_expires_at)
  WHERE room_id IS NOT NULL AND status IN ('held', 'pending', 'confirmed', 'in_progress');

-- What a team was given lately only a fair choice wants to know (`booking_assigned`), not every look at free times.
DROP FUNCTION booking_busy(uuid, uuid[], uuid[], timestamptz, timestamptz, timestamptz);
CREATE FUNCTION booking_busy(organization uuid, providers uuid[], sites uuid[], range_from timestamptz, range_to timestamptz, at timestamptz)
RETURNS TABLE (kind text, key uuid, times bigint[], external bigint[], counts jsonb) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
  SELECT 'provider', wanted.id,
    (SELECT array_agg(t ORDER BY a.busy_from, a.busy_to, o) FROM appointment a,
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
        AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)) END
  FROM unnest(providers) AS wanted(id)
  JOIN provider p ON p.organization_id = organization AND p.id = wanted.id
  UNION ALL
  SELECT 'room', r.id,
    (SELECT array_agg(t ORDER BY a.busy_from, a.busy_to, o) FROM appointment a,
       unnest(ARRAY[epoch_ms(a.busy_from), epoch_ms(a.busy_to), coalesce(epoch_ms(a.hold_expires_at), 0)]) WITH ORDINALITY AS x(t, o)
     WHERE a.organization_id = organization AND a.room_id = r.id
       AND a.busy_from < range_to AND a.busy_from > range_from - interval '48 hours' AND a.busy_to > range_from
       AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at)),
    NULL, NULL
  FROM room r WHERE r.organization_id = organization AND r.site_id = ANY (sites) AND r.archived_at IS NULL
  UNION ALL
  SELECT 'site', s.id, NULL, NULL,
    (SELECT jsonb_agg(jsonb_build_array(epoch_ms(a.starts_at), coalesce(epoch_ms(a.hold_expires_at), 0))) FROM appointment a
     WHERE a.organization_id = organization AND a.site_id = s.id AND a.starts_at >= range_from AND a.starts_at < range_to
       AND a.status NOT IN ('cancelled', 'no_show') AND (a.hold_expires_at IS NULL OR a.hold_expires_at > at))
  FROM site s WHERE s.organization_id = organization AND s.id = ANY (sites) AND s.daily_capacity IS NOT NULL;
END $$;

-- When each appointment booked online in the last 30 days was given to each of the providers.
CREATE FUNCTION booking_assigned(organization uuid, providers uuid[], at timestamptz)
RETURNS TABLE (provider_id uuid, times bigint[]) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
  SELECT a.provider_id, array_agg(epoch_ms(a.created_at)) FROM appointment a
  WHERE a.organization_id = organization AND a.provider_id = ANY (providers)
    AND a.starts_at >= at - interval '30 days' AND a.created_at >= at - interval '30 days'
    AND a.source IN ('web', 'portal', 'api') AND a.status <> 'cancelled'
  GROUP BY a.provider_id;
END $$;
