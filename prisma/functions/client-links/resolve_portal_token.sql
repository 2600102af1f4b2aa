-- Whose a portal link is: the client's it was given to, or of the record that one was merged into. The caller compares the
-- stored hash once more, in constant time. Definer's rights: the visitor of a link has no organization yet.
CREATE OR REPLACE FUNCTION resolve_portal_token(token_hash text) RETURNS TABLE (organization_id uuid, client_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.organization_id, r.id, c.portal_token_hash
  FROM client c JOIN client r ON r.organization_id = c.organization_id AND r.id = coalesce(c.merged_into_id, c.id)
  WHERE c.portal_token_hash = token_hash AND r.archived_at IS NULL
$$;
ALTER FUNCTION resolve_portal_token(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_portal_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_portal_token(text) TO creneau_app;
