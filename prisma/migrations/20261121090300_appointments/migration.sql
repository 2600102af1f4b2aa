-- Writes of the agenda that must be one trip, or that Prisma cannot say.

-- Removes expired holds that stand in the way of a range: they occupy it in the constraints until they are gone.
CREATE FUNCTION clear_expired_holds(agenda_provider uuid, agenda_room uuid, range_from timestamptz, range_to timestamptz, at timestamptz)
RETURNS void LANGUAGE sql VOLATILE AS $$
  DELETE FROM appointment
  WHERE organization_id = current_organization()
    AND status = 'held' AND hold_expires_at <= at
    AND (provider_id = agenda_provider OR room_id = agenda_room)
    AND busy_from < range_to AND busy_from > range_from - interval '48 hours' AND busy_to > range_from
$$;

-- Inserts an appointment given as a JSON object of columns; null when its time, its room or its idempotency key is
-- taken. ON CONFLICT makes two inserts that meet settle it between themselves: letting the constraint raise would cost
-- each collision a deadlock timeout. The shared lock lets creations run side by side and holds off moves, whose UPDATE
-- has no such clause.
CREATE FUNCTION insert_appointment(columns jsonb, at timestamptz) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  wanted appointment;
  inserted uuid;
  agenda uuid;
BEGIN
  wanted := jsonb_populate_record(NULL::appointment, columns);
  FOR agenda IN SELECT key FROM unnest(ARRAY[wanted.provider_id, wanted.room_id]) AS key WHERE key IS NOT NULL ORDER BY key LOOP
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(agenda::text, 4201));
  END LOOP;
  PERFORM clear_expired_holds(wanted.provider_id, wanted.room_id, wanted.busy_from, wanted.busy_to, at);
  INSERT INTO appointment (
    organization_id, id, site_id, provider_id, room_id, service_id, client_id, subject_id, title, description,
    starts_at, ends_at, busy_from, busy_to, lane, status, source, location_kind, location_detail, price_cents,
    hold_expires_at, manage_token_hash, idempotency_key, idempotency_hash, created_by_id, created_at, updated_at
  ) VALUES (
    current_organization(), coalesce(wanted.id, uuid_v7()), wanted.site_id, wanted.provider_id, wanted.room_id, wanted.service_id,
    wanted.client_id, wanted.subject_id, coalesce(wanted.title, ''), wanted.description,
    wanted.starts_at, wanted.ends_at, wanted.busy_from, wanted.busy_to, coalesce(wanted.lane, 0), wanted.status, wanted.source,
    coalesce(wanted.location_kind, 'in_person'), wanted.location_detail, wanted.price_cents,
    wanted.hold_expires_at, wanted.manage_token_hash, wanted.idempotency_key, wanted.idempotency_hash, wanted.created_by_id, at, at
  )
  ON CONFLICT DO NOTHING
  RETURNING id INTO inserted;
  RETURN inserted;
END $$;

-- What every change leaves behind, in one trip: an event, an audit row and the jobs that react.
CREATE FUNCTION record_change(
  event_type text, entity_kind text, entity uuid, entity_version integer, actor uuid, details jsonb,
  changes jsonb, caller_address text, jobs jsonb
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  job jsonb;
BEGIN
  PERFORM append_event(event_type, entity, entity_version, actor, details);
  INSERT INTO audit (organization_id, id, actor_user_id, action, entity, entity_id, diff, address)
  VALUES (current_organization(), uuid_v7(), actor, event_type, entity_kind, entity, changes, caller_address);
  FOR job IN SELECT * FROM jsonb_array_elements(jobs) LOOP
    PERFORM enqueue_job(
      job ->> 'name', (job -> 'data') || jsonb_build_object('organizationId', current_organization()),
      (job ->> 'startAfter')::timestamptz, job ->> 'dedupeKey');
  END LOOP;
END $$;
