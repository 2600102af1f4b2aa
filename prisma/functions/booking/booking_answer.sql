-- What every answer about a booking says of it, from the row just written; `holdMs`: how long a hold still lasts.
CREATE OR REPLACE FUNCTION booking_answer(booked appointment) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', booked.id, 'status', booked.status, 'version', booked.version, 'providerId', booked.provider_id,
    'siteId', booked.site_id, 'startsAt', epoch_ms(booked.starts_at), 'endsAt', epoch_ms(booked.ends_at),
    'holdExpiresAt', epoch_ms(booked.hold_expires_at),
    'holdMs', (date_part('epoch', booked.hold_expires_at - now()) * 1000)::bigint)
$$;
