-- What every change leaves behind, in one trip: an event, an audit row (none without `changes`) and the jobs that react.
CREATE OR REPLACE FUNCTION record_change(
  event_type text, entity_kind text, entity uuid, entity_version integer, actor uuid, details jsonb,
  changes jsonb, caller_address text, jobs jsonb
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  job jsonb;
BEGIN
  INSERT INTO event (organization_id, type, entity_id, version, actor_user_id, payload)
  VALUES (current_organization(), event_type, entity, entity_version, actor, details);
  IF changes IS NOT NULL THEN
    INSERT INTO audit (organization_id, id, actor_user_id, action, entity, entity_id, diff, address)
    VALUES (current_organization(), uuid_v7(), actor, event_type, entity_kind, entity, changes, caller_address);
  END IF;
  IF jobs = '[]' THEN RETURN; END IF;
  FOR job IN SELECT * FROM jsonb_array_elements(jobs) LOOP
    PERFORM enqueue_job(
      job ->> 'name', (job -> 'data') || jsonb_build_object('organizationId', current_organization()),
      (job ->> 'startAfter')::timestamptz, job ->> 'dedupeKey');
  END LOOP;
END $$;

-- What told of holds and bookings before.
DROP FUNCTION IF EXISTS booking_event(text, appointment, jsonb);
