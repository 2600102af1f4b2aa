-- A held time has no client yet: only the confirmation of whoever holds it brings one. Rows that staff had given one while
-- they were held lose it; others are not read again.
UPDATE appointment SET client_id = NULL WHERE status = 'held' AND client_id IS NOT NULL;
ALTER TABLE appointment ADD CONSTRAINT appointment_held_by_nobody CHECK (status <> 'held' OR client_id IS NULL) NOT VALID;
