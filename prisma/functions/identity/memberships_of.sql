-- Every seat of one user.
CREATE OR REPLACE FUNCTION memberships_of(member uuid)
RETURNS TABLE (organization_id uuid, slug text, name text, role role, site_ids uuid[], provider_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, m.role, m.site_ids, p.id
  FROM membership m
  JOIN organization o ON o.id = m.organization_id
  LEFT JOIN provider p ON p.organization_id = m.organization_id AND p.user_id = m.user_id AND p.archived_at IS NULL
  WHERE m.user_id = member
  ORDER BY m.created_at, o.slug
$$;
ALTER FUNCTION memberships_of(uuid) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION memberships_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memberships_of(uuid) TO creneau_app;
