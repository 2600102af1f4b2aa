-- The next transaction id as the last checkpoint noted it. A server that starts ends its recovery, or its last stop, with a
-- checkpoint: at that moment it is exact, later it lies behind. 0 where a managed service does not tell.
CREATE OR REPLACE FUNCTION checkpointed_xid() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT split_part(c.next_xid, ':', 1)::bigint * 4294967296 + split_part(c.next_xid, ':', 2)::bigint FROM pg_control_checkpoint() c);
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_function THEN RETURN 0;
END $$;
ALTER FUNCTION checkpointed_xid() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION checkpointed_xid() FROM PUBLIC;
