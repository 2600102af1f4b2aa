-- When each appointment booked online in the last 30 days was given to each of the providers.
CREATE OR REPLACE FUNCTION booking_assigned(organization uuid, providers uuid[], at timestamptz)
RETURNS TABLE (provider_id uuid, times bigint[]) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
  SELECT a.provider_id, array_agg(epoch_ms(a.created_at)) FROM appointment a
  WHERE a.organization_id = organization AND a.provider_id = ANY (providers)
    AND a.busy_from > at - interval '32 days' AND a.starts_at >= at - interval '30 days' AND a.created_at >= at - interval '30 days'
    AND a.source IN ('web', 'portal', 'api') AND a.status <> 'cancelled'
  GROUP BY a.provider_id;
END $$;
