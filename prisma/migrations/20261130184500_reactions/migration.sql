-- Notices, the waitlist and the hints of who is free first follow the log from here on; what was before has queued its jobs
-- itself. Whoever reacts says what it listens to when a process starts; that it begins here, and not with that process, is
-- said here once.
INSERT INTO event_consumer (name, types, xid, id)
SELECT c.name, c.types, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0
FROM (VALUES
  ('notifications.appointments', ARRAY['appointment.created', 'appointment.moved', 'appointment.updated', 'appointment.cancelled',
    'appointment.status_changed', 'appointment.undone']),
  ('waitlist', ARRAY['appointment.cancelled', 'appointment.moved', 'appointment.undone', 'waitlist.joined', 'waitlist.offered',
    'waitlist.declined', 'waitlist.left']),
  ('availability.refresh', ARRAY['availability.changed'])
) AS c(name, types)
ON CONFLICT DO NOTHING;

DROP TRIGGER waitlist_freed ON appointment;
DROP FUNCTION waitlist_freed();
