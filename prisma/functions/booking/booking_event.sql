-- The payload of an appointment's events; `more` is added to it.
CREATE OR REPLACE FUNCTION booking_event(event_type text, booked appointment, more jsonb DEFAULT '{}') RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT append_event(event_type, booked.id, booked.version, NULL, jsonb_build_object('providerId', booked.provider_id, 'siteId', booked.site_id,
    'roomId', booked.room_id, 'startsAt', to_char(booked.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || more)
$$;
