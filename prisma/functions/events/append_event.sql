-- Appends to the event log of the current organization; returns the event's id.
CREATE OR REPLACE FUNCTION append_event(event_type text, entity uuid, entity_version integer, actor uuid, details jsonb)
RETURNS bigint LANGUAGE sql VOLATILE AS $$
  INSERT INTO event (organization_id, type, entity_id, version, actor_user_id, actor_kind, payload)
  VALUES (current_organization(), event_type, entity, entity_version, actor, CASE WHEN actor IS NULL THEN 'system' ELSE 'user' END::actor_kind, details)
  RETURNING id
$$;
