-- Whether a client has as many bookings to come as may be: made online, for nobody else fills an agenda unseen.
CREATE OR REPLACE FUNCTION client_is_busy(client uuid, cap integer, at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT count(*) FROM appointment a WHERE a.organization_id = current_organization() AND a.client_id = client
    AND a.starts_at > at AND a.status IN ('pending', 'confirmed') AND a.source IN ('web', 'portal', 'api')) >= cap;
END $$;
