-- Whose booking a link manages. The caller compares the stored hash once more, in constant time.
CREATE OR REPLACE FUNCTION resolve_manage_token(token_hash text) RETURNS TABLE (organization_id uuid, appointment_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.organization_id, a.id, a.manage_token_hash FROM appointment a WHERE a.manage_token_hash = token_hash
$$;
ALTER FUNCTION resolve_manage_token(text) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION resolve_manage_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_manage_token(text) TO creneau_app;
