-- A public name belongs to a user, who belongs to no organization: count it for the providers that user is.
CREATE OR REPLACE FUNCTION count_user_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  WITH counted AS (
    INSERT INTO booking_version AS v (organization_id, key, version)
    SELECT organization_id, id, 1 FROM provider WHERE user_id = NEW.id ORDER BY organization_id, id
    ON CONFLICT (organization_id, key) DO UPDATE SET version = v.version + 1
    RETURNING v.organization_id, v.key
  )
  INSERT INTO event (organization_id, type, entity_id) SELECT organization_id, 'booking.facts_changed', key FROM counted;
  RETURN NULL;
END $$;
ALTER FUNCTION count_user_change() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION count_user_change() FROM PUBLIC;
