-- What every event of an appointment says of it.
CREATE OR REPLACE FUNCTION appointment_facts(booked appointment) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('providerId', booked.provider_id, 'siteId', booked.site_id, 'roomId', booked.room_id,
    'startsAt', to_char(booked.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$$;
