-- Whose calendar feed a link reads. The caller compares the stored hash once more, in constant time.
CREATE OR REPLACE FUNCTION resolve_feed_token(token_hash text) RETURNS TABLE (organization_id uuid, provider_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.organization_id, p.id, p.feed_token_hash FROM provider p WHERE p.feed_token_hash = token_hash AND p.archived_at IS NULL
$$;
ALTER FUNCTION resolve_feed_token(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_feed_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_feed_token(text) TO creneau_app;
