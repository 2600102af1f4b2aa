-- What every change leaves behind, in one trip: an event and an audit row (none without `changes`).
-- `by_whom` says who acts: {kind, userId, id, name}, see the type actor_kind. Without it, the user `actor`, or else a client: so
-- spoke the version before, which also said which `jobs` react: now whoever reacts follows the log.
CREATE OR REPLACE FUNCTION record_change(
  event_type text, entity_kind text, entity uuid, entity_version integer, actor uuid, details jsonb,
  changes jsonb, caller_address text, jobs jsonb, by_whom jsonb DEFAULT NULL
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  kind actor_kind := coalesce(by_whom ->> 'kind', CASE WHEN actor IS NULL THEN 'client' ELSE 'user' END);
  acting_user uuid := coalesce(actor, (by_whom ->> 'userId')::uuid);
  job jsonb;
BEGIN
  INSERT INTO event (organization_id, type, entity_id, version, actor_user_id, actor_kind, actor_id, actor_name, payload)
  VALUES (current_organization(), event_type, entity, entity_version, acting_user, kind, (by_whom ->> 'id')::uuid, by_whom ->> 'name', details);
  IF changes IS NOT NULL THEN
    INSERT INTO audit (organization_id, id, actor_user_id, actor_kind, actor_id, actor_name, action, entity, entity_id, diff, address)
    VALUES (current_organization(), uuid_v7(), acting_user, kind, (by_whom ->> 'id')::uuid, by_whom ->> 'name', event_type, entity_kind, entity, changes,
      caller_address);
  END IF;
  IF jobs = '[]' THEN RETURN; END IF;
  FOR job IN SELECT * FROM jsonb_array_elements(jobs) LOOP
    PERFORM enqueue_job(
      job ->> 'name', (job -> 'data') || jsonb_build_object('organizationId', current_organization()),
      (job ->> 'startAfter')::timestamptz, job ->> 'dedupeKey');
  END LOOP;
END $$;

-- What told of changes before: of holds and bookings, and of all without saying who but a user acted.
DROP FUNCTION IF EXISTS booking_event(text, appointment, jsonb);
DROP FUNCTION IF EXISTS record_change(text, text, uuid, integer, uuid, jsonb, jsonb, text, jsonb);
