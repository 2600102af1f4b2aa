-- What a public name stands for, with the sites that can be booked there; null for a name that nobody has. `username` is the
-- name it goes by now: one that was given up leads there.
CREATE OR REPLACE FUNCTION booking_name(public_name text) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  named record;
BEGIN
  SELECT * INTO named FROM resolve_public_name(public_name);
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM set_config('app.organization_id', named.organization_id::text, true);
  RETURN jsonb_build_object('organizationId', named.organization_id, 'providerId', named.provider_id,
    'username', (SELECT coalesce((SELECT u.username FROM provider p JOIN "user" u ON u.id = p.user_id
        WHERE p.organization_id = named.organization_id AND p.id = named.provider_id), public_name)),
    'sites', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'slug', s.slug) ORDER BY s.created_at, s.id), '[]') FROM site s
    WHERE s.organization_id = named.organization_id AND s.archived_at IS NULL AND (named.provider_id IS NULL OR EXISTS (
      SELECT FROM provider_site ps WHERE ps.organization_id = s.organization_id AND ps.site_id = s.id AND ps.provider_id = named.provider_id))));
END $$;
