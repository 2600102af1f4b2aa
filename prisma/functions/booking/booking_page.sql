-- A public page, with the columns that anybody may see and no other.
CREATE OR REPLACE FUNCTION booking_page(organization uuid, named_provider uuid, shown_sites uuid[]) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
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
          'durationMinutes', v.duration_minutes, 'priceCents', v.price_cents, 'currency', v.currency, 'overrides', v.overrides,
          'locationKind', v.location_kind,
          'needsApproval', v.needs_approval OR v.needs_payment, 'minNoticeMinutes', v.min_notice_minutes, 'horizonDays', v.horizon_days)
          ORDER BY v.position, v.name), '[]')
        FROM service v WHERE v.organization_id = organization AND v.is_public AND v.archived_at IS NULL
          AND EXISTS (SELECT FROM shown_provider p WHERE p.service_slugs ? v.slug)),
      'providers', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'title', p.title, 'username', p.username,
          'serviceSlugs', p.service_slugs) ORDER BY p.position, p.name), '[]') FROM shown_provider p)
    ) FROM organization o WHERE o.id = organization
  );
END $$;
