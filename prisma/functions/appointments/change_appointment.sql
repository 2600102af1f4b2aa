-- Changes when and where an appointment is, if it is still as its caller saw it, with all that the change leaves behind: the
-- only function that does (ADR 5). The agendas it leaves and enters are locked first, in one order for everybody.
-- request: id, version (as seen), agendas, columns (new values; of a change taken back, the others too), day (see
-- day_is_full), undo {hash, userId, action, before, until}, takenBackId (the undo that this is), record as create_appointment
-- takes it.
-- outcome: changed | outdated (with the row as it is now) | stale (the facts have changed, or the undo is used) | gone.
CREATE OR REPLACE FUNCTION change_appointment(organization uuid, request jsonb, at timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  wanted uuid := (request ->> 'id')::uuid;
  trace jsonb := request -> 'record';
  undo_wish jsonb := request -> 'undo';
  seen appointment;
  changed appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  PERFORM lock_agendas(ARRAY(SELECT jsonb_array_elements_text(request -> 'agendas')::uuid));
  SELECT * INTO seen FROM appointment a WHERE a.organization_id = organization AND a.id = wanted FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"outcome": "gone"}'; END IF;
  IF seen.version <> (request ->> 'version')::integer THEN
    RETURN json_build_object('outcome', 'outdated', 'row', appointment_row(organization, wanted));
  END IF;
  changed := jsonb_populate_record(seen, request -> 'columns');
  IF day_is_full(request -> 'day', changed.provider_id, wanted) THEN RETURN '{"outcome": "stale"}'; END IF;
  IF request ->> 'takenBackId' IS NOT NULL THEN
    UPDATE undo u SET used_at = at WHERE u.organization_id = organization AND u.id = (request ->> 'takenBackId')::uuid AND u.used_at IS NULL;
    IF NOT FOUND THEN RETURN '{"outcome": "stale"}'; END IF;
    -- A client who was merged meanwhile is the one they were merged into.
    changed.client_id := coalesce(live_client(changed.client_id), changed.client_id);
  END IF;
  PERFORM clear_expired_holds(changed.provider_id, changed.room_id, changed.busy_from, changed.busy_to);
  UPDATE appointment a SET
    starts_at = changed.starts_at, ends_at = changed.ends_at, busy_from = changed.busy_from, busy_to = changed.busy_to,
    provider_id = changed.provider_id, room_id = changed.room_id, lane = changed.lane, site_id = changed.site_id,
    client_id = changed.client_id, subject_id = changed.subject_id, title = changed.title, description = changed.description,
    status = changed.status, location_kind = changed.location_kind, location_detail = changed.location_detail,
    price_cents = changed.price_cents, cancelled_at = changed.cancelled_at, cancelled_by_id = changed.cancelled_by_id,
    cancel_reason = changed.cancel_reason,
    version = seen.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = wanted;
  IF undo_wish IS NOT NULL THEN
    INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at)
    VALUES (organization, uuid_v7(), wanted, undo_wish ->> 'hash', (undo_wish ->> 'userId')::uuid, undo_wish ->> 'action',
      undo_wish -> 'before', seen.version + 1, (undo_wish ->> 'until')::timestamptz);
  END IF;
  PERFORM record_change(trace ->> 'type', 'appointment', wanted, seen.version + 1, (trace ->> 'actor')::uuid, trace -> 'payload',
    trace -> 'diff', trace ->> 'address', coalesce(trace -> 'jobs', '[]'), trace -> 'by');
  RETURN json_build_object('outcome', 'changed', 'row', appointment_row(organization, wanted));
END $$;
