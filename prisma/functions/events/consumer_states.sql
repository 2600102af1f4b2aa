-- How each consumer stands: seconds since the oldest event that it has not reached (0 when there is none, never otherwise),
-- and how many of its events are retried or parked. An event that a running transaction keeps from being read counts as not reached.
CREATE OR REPLACE FUNCTION consumer_states()
RETURNS TABLE (name text, lag_seconds double precision, retrying bigint, parked bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.name,
    coalesce((SELECT greatest(0.001, extract(epoch FROM clock_timestamp() - e.created_at)) FROM event e
      WHERE (e.xid, e.id) > (c.xid, c.id) AND e.type = ANY (c.types) AND e.id >= s.first_id ORDER BY e.xid, e.id LIMIT 1), 0)::double precision,
    (SELECT count(*) FROM parked_event p WHERE p.consumer = c.name AND p.retry_at IS NOT NULL),
    (SELECT count(*) FROM parked_event p WHERE p.consumer = c.name AND p.retry_at IS NULL)
  FROM event_consumer c CROSS JOIN log_state() s ORDER BY c.name
$$;
ALTER FUNCTION consumer_states() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION consumer_states() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION consumer_states() TO creneau_app;
