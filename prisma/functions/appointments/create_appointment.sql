-- Creates an appointment with all that it leaves behind.
-- request: columns, client, subject (known by content; by id they are columns, within `sites`), attendees, day (see day_is_full), record {type,
-- actor, payload, diff, address}. outcome: placed | taken | stale (the day has filled up) | repeated | idempotency_conflict | client_unknown | subject_unknown.
CREATE OR REPLACE FUNCTION create_appointment(organization uuid, request jsonb, at timestamptz) RETURNS json LANGUAGE plpgsql VOLATILE
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  columns jsonb := request -> 'columns';
  trace jsonb := request -> 'record';
  -- Of whoever books; null for all.
  sites uuid[] := CASE WHEN jsonb_typeof(request -> 'sites') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(request -> 'sites')::uuid) END;
  made uuid;
  is_full boolean := false;
  earlier appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF columns ->> 'client_id' IS NOT NULL THEN
    columns := jsonb_set(columns, '{client_id}', coalesce((
      SELECT to_jsonb(c.id) FROM live_client((columns ->> 'client_id')::uuid) AS live(id)
      JOIN client c ON c.organization_id = organization AND c.id = live.id WHERE client_in_reach(c, sites)), 'null'));
    IF columns ->> 'client_id' IS NULL THEN RETURN '{"outcome": "client_unknown"}'; END IF;
  END IF;
  IF columns ->> 'subject_id' IS NOT NULL AND NOT EXISTS (
    SELECT FROM subject s WHERE s.organization_id = organization AND s.id = (columns ->> 'subject_id')::uuid AND s.archived_at IS NULL AND subject_in_reach(s, sites))
  THEN RETURN '{"outcome": "subject_unknown"}'; END IF;
  IF request -> 'day' IS NOT NULL THEN
    PERFORM lock_agendas(ARRAY[(columns ->> 'provider_id')::uuid, (columns ->> 'room_id')::uuid]);
    is_full := day_is_full(request -> 'day', (columns ->> 'provider_id')::uuid, NULL);
  END IF;
  IF is_full THEN
    made := NULL;
  ELSIF request -> 'client' IS NULL AND request -> 'subject' IS NULL THEN
    made := (place_appointment(columns, at)).id;
  ELSE
    -- An appointment that finds its place taken leaves no client or subject behind.
    BEGIN
      IF request -> 'client' IS NOT NULL THEN
        columns := columns || jsonb_build_object('client_id', ensure_client(request -> 'client'));
      END IF;
      IF request -> 'subject' IS NOT NULL THEN
        columns := columns || jsonb_build_object('subject_id', ensure_subject(request -> 'subject', (columns ->> 'client_id')::uuid));
      END IF;
      made := (place_appointment(columns, at)).id;
      IF made IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'CR001'; END IF;
    EXCEPTION WHEN SQLSTATE 'CR001' THEN made := NULL;
    END;
  END IF;
  IF made IS NULL THEN
    -- The key's first request may have committed between the caller's look and this insert.
    SELECT * INTO earlier FROM appointment a
    WHERE a.organization_id = organization AND a.idempotency_key = columns ->> 'idempotency_key';
    IF NOT FOUND THEN RETURN json_build_object('outcome', CASE WHEN is_full THEN 'stale' ELSE 'taken' END); END IF;
    IF earlier.idempotency_hash IS DISTINCT FROM columns ->> 'idempotency_hash' THEN RETURN '{"outcome": "idempotency_conflict"}'; END IF;
    RETURN json_build_object('outcome', 'repeated', 'row', appointment_row(organization, earlier.id));
  END IF;
  IF jsonb_array_length(request -> 'attendees') > 0 THEN
    -- A millisecond apart: they are listed in the order they were given.
    INSERT INTO attendee (organization_id, id, appointment_id, name, email, phone, optional, created_at)
    SELECT organization, uuid_v7(), made, x.name, x.email, x.phone, coalesce(x.optional, false), at + x.place * interval '1 millisecond'
    FROM ROWS FROM (jsonb_to_recordset(request -> 'attendees') AS (name text, email text, phone text, optional boolean))
      WITH ORDINALITY AS x(name, email, phone, optional, place)
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM record_change(trace ->> 'type', 'appointment', made, 1, (trace ->> 'actor')::uuid, trace -> 'payload', trace -> 'diff',
    trace ->> 'address', coalesce(trace -> 'jobs', '[]'), trace -> 'by');
  RETURN json_build_object('outcome', 'placed', 'row', appointment_row(organization, made));
END $$;
