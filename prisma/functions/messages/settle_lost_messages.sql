-- Messages of every organization that nobody will say more of: their sender died, or the database was away when the outcome
-- was to be written. Whoever still tries claims them anew. Returns how many.
CREATE OR REPLACE FUNCTION settle_lost_messages(silent interval) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH lost AS (
    UPDATE notification SET state = 'failed', last_error = 'interrupted', updated_at = now()
    WHERE state = 'sending' AND updated_at < now() - silent RETURNING 1
  ) SELECT count(*) FROM lost
$$;
ALTER FUNCTION settle_lost_messages(interval) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION settle_lost_messages(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_lost_messages(interval) TO creneau_app;
