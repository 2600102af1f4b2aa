-- Whose wish a link manages. The caller compares the stored hash once more, in constant time.
CREATE OR REPLACE FUNCTION resolve_waitlist_token(token_hash text) RETURNS TABLE (organization_id uuid, entry_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.organization_id, e.id, e.token_hash FROM waitlist_entry e WHERE e.token_hash = resolve_waitlist_token.token_hash
$$;
ALTER FUNCTION resolve_waitlist_token(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_waitlist_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_waitlist_token(text) TO creneau_app;
