-- Inserts an appointment given as a JSON object of columns and answers its row; without an id when its time, its room or its idempotency key is
-- taken. ON CONFLICT makes two inserts that meet settle it between themselves: letting the constraint raise would cost
-- each collision a deadlock timeout. The shared lock lets creations run side by side and holds off moves, whose UPDATE
-- has no such clause.
CREATE OR REPLACE FUNCTION place_appointment(columns jsonb, at timestamptz) RETURNS appointment LANGUAGE plpgsql AS $$
DECLARE
  wanted appointment;
  inserted appointment;
BEGIN
  wanted := jsonb_populate_record(NULL::appointment, columns);
  -- Provider and room in the order of their keys, as everywhere.
  IF wanted.room_id < wanted.provider_id THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.room_id::text, 4201)); END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.provider_id::text, 4201));
  IF wanted.room_id > wanted.provider_id THEN PERFORM pg_advisory_xact_lock_shared(hashtextextended(wanted.room_id::text, 4201)); END IF;
  PERFORM clear_expired_holds(wanted.provider_id, wanted.room_id, wanted.busy_from, wanted.busy_to);
  INSERT INTO appointment (
    organization_id, id, site_id, provider_id, room_id, service_id, client_id, subject_id, title, description,
    starts_at, ends_at, busy_from, busy_to, lane, status, source, location_kind, location_detail, price_cents,
    hold_expires_at, held_by, manage_token_hash, idempotency_key, idempotency_hash, created_by_id, created_at, updated_at
  ) VALUES (
    current_organization(), coalesce(wanted.id, uuid_v7()), wanted.site_id, wanted.provider_id, wanted.room_id, wanted.service_id,
    wanted.client_id, wanted.subject_id, coalesce(wanted.title, ''), wanted.description,
    wanted.starts_at, wanted.ends_at, wanted.busy_from, wanted.busy_to, coalesce(wanted.lane, 0), wanted.status, wanted.source,
    coalesce(wanted.location_kind, 'in_person'), wanted.location_detail, wanted.price_cents,
    wanted.hold_expires_at, wanted.held_by, wanted.manage_token_hash, wanted.idempotency_key, wanted.idempotency_hash, wanted.created_by_id, at, at
  )
  ON CONFLICT DO NOTHING
  RETURNING * INTO inserted;
  RETURN inserted;
END $$;
DROP FUNCTION IF EXISTS insert_appointment(jsonb, timestamptz);
