-- Makes a hold the offer of an entry, until `until`: all of it or nothing. False when the
-- hold or the entry has gone meanwhile, or the entry has an offer already; the hold is then given back.
-- An offer that was released is none any more: only an acceptance brings a client.
CREATE OR REPLACE FUNCTION waitlist_offer(organization uuid, entry uuid, appointment_id uuid, until timestamptz, at timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  offered appointment;
  by_whom jsonb := '{"kind": "system", "name": "waitlist"}';
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  PERFORM 1 FROM waitlist_entry e WHERE e.organization_id = organization AND e.id = entry FOR UPDATE;
  UPDATE appointment a SET hold_expires_at = until, version = a.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = appointment_id AND a.status = 'held' AND a.hold_expires_at > now()
  RETURNING a.* INTO offered;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE waitlist_entry e SET offered_appointment_id = appointment_id, offered_starts = e.offered_starts || offered.starts_at, updated_at = at
  WHERE e.organization_id = organization AND e.id = entry AND e.ended_at IS NULL AND NOT EXISTS (
    SELECT FROM appointment o WHERE o.organization_id = organization AND o.id = e.offered_appointment_id
      AND (o.client_id IS NOT NULL OR (o.status = 'held' AND o.hold_expires_at > now())));
  IF NOT FOUND THEN
    PERFORM booking_release_hold(organization, appointment_id, by_whom);
    RETURN false;
  END IF;
  PERFORM record_hold('appointment.hold_extended', offered, by_whom);
  PERFORM record_change('waitlist.offered', 'waitlist_entry', entry, NULL, NULL, jsonb_build_object(
    'siteId', offered.site_id, 'appointmentId', offered.id,
    'startsAt', to_char(offered.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'until', to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), jsonb_build_object('appointmentId', offered.id), NULL, '[]', by_whom);
  RETURN true;
END $$;
