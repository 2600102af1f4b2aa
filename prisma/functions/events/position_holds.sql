-- Whether a position that was taken in an epoch still points into this history.
CREATE OR REPLACE FUNCTION position_holds(taken_in text, at_xid bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM log_epoch l WHERE l.id = taken_in AND NOT EXISTS (
    SELECT FROM log_epoch later WHERE later.position > l.position AND at_xid >= later.holds_below))
$$;
ALTER FUNCTION position_holds(text, bigint) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION position_holds(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION position_holds(text, bigint) TO creneau_app;
