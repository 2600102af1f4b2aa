-- Attendees, the client's answers (a shared note: the client wrote it and may read it again) and what every change
-- leaves behind. A person is told at once: a client's own booking has no undo.
-- The event says whether the client is new: only then do they have the request's own id.
CREATE OR REPLACE FUNCTION booking_finish(booked appointment, request jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF jsonb_array_length(coalesce(request -> 'attendees', '[]')) > 0 THEN
    -- Whom a stranger invites hears nothing before the stranger's own address has answered, or staff say so.
    INSERT INTO attendee (organization_id, id, appointment_id, name, email, is_held_back, updated_at)
    SELECT current_organization(), uuid_v7(), booked.id, x.name, x.email, coalesce(request #>> '{actor,kind}', 'client') = 'client', at
    FROM jsonb_to_recordset(request -> 'attendees') AS x(name text, email text) ON CONFLICT DO NOTHING;
  END IF;
  IF request ->> 'answers' IS NOT NULL THEN
    INSERT INTO note (organization_id, id, appointment_id, kind, author_client_id, body, shared_at, created_at, updated_at)
    VALUES (current_organization(), uuid_v7(), booked.id, 'shared', booked.client_id, request ->> 'answers', at, at, at);
  END IF;
  PERFORM record_change('appointment.created', 'appointment', booked.id, booked.version, NULL,
    CASE WHEN booked.client_id = (request #>> '{client,id}')::uuid THEN appointment_facts(booked) || '{"notify": true, "brings": ["client"]}'
      ELSE appointment_facts(booked) || '{"notify": true}' END,
    jsonb_build_object('startsAt', booked.starts_at, 'endsAt', booked.ends_at, 'providerId', booked.provider_id, 'source', booked.source),
    request ->> 'address', '[]',
    -- Who books becomes the client.
    CASE request #>> '{actor,kind}' WHEN 'client' THEN jsonb_build_object('kind', 'client', 'id', booked.client_id) ELSE request -> 'actor' END);
END $$;
