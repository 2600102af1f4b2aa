-- Whose portal a link opens. The caller compares the stored hash once more, in constant time.
CREATE OR REPLACE FUNCTION resolve_portal_token(token_hash text) RETURNS TABLE (organization_id uuid, client_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.organization_id, c.id, c.portal_token_hash FROM client c WHERE c.portal_token_hash = token_hash AND c.archived_at IS NULL
$$;
ALTER FUNCTION resolve_portal_token(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_portal_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_portal_token(text) TO creneau_app;
