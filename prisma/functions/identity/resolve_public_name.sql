-- The organization (and provider) behind a public name: a user's username first, else an organization's slug, else a
-- username that somebody exchanged for another one within the last year.
CREATE OR REPLACE FUNCTION resolve_public_name(public_name text)
RETURNS TABLE (organization_id uuid, provider_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT p.organization_id, p.id FROM "user" u JOIN provider p ON p.user_id = u.id
   WHERE u.username = public_name AND u.deactivated_at IS NULL AND p.archived_at IS NULL ORDER BY p.created_at LIMIT 1)
  UNION ALL
  (SELECT o.id, NULL::uuid FROM organization o WHERE o.slug = public_name)
  UNION ALL
  (SELECT p.organization_id, p.id FROM released_username r JOIN "user" u ON u.id = r.user_id JOIN provider p ON p.user_id = u.id
   WHERE r.username = public_name AND r.released_at > now() - interval '1 year' AND u.username IS NOT NULL
     AND u.deactivated_at IS NULL AND p.archived_at IS NULL ORDER BY p.created_at LIMIT 1)
  LIMIT 1
$$;
ALTER FUNCTION resolve_public_name(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_public_name(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_public_name(text) TO creneau_app;
