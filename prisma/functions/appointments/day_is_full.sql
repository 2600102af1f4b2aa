-- Whether a provider has as many appointments on a day as its limit allows, one of them (null: none) left out. A count is
-- guarded by no constraint: callers hold the provider's agenda alone, so that who is the last of the day is settled one
-- after the other.
-- day: from, to, limit; null: no limit counts.
CREATE OR REPLACE FUNCTION day_is_full(day jsonb, provider uuid, without uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN day IS NOT NULL AND (
    SELECT count(*) FROM appointment a
    WHERE a.organization_id = current_organization() AND a.provider_id = provider AND a.id IS DISTINCT FROM without
      AND a.starts_at >= (day ->> 'from')::timestamptz AND a.starts_at < (day ->> 'to')::timestamptz
      AND a.busy_from > (day ->> 'from')::timestamptz - interval '48 hours' AND a.busy_from < (day ->> 'to')::timestamptz
      AND a.status NOT IN ('cancelled', 'no_show') AND (a.status <> 'held' OR a.hold_expires_at > now())
  ) >= (day ->> 'limit')::integer;
END $$;
