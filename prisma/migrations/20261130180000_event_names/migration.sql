-- The log and the audit speak the names of one catalogue of events.
ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;

UPDATE event SET payload = payload || jsonb_build_object('reason', CASE type WHEN 'appointment.hold_expired' THEN 'expired' ELSE 'given_back' END),
  type = 'appointment.released'
WHERE type IN ('appointment.hold_expired', 'appointment.hold_released');
UPDATE event SET type = 'member.changed' WHERE type = 'membership.changed';
UPDATE event SET
  type = CASE payload ->> 'action' WHEN 'created' THEN 'client.created' WHEN 'merged' THEN 'client.merged' ELSE 'client.updated' END,
  payload = CASE payload ->> 'action' WHEN 'created' THEN '{}' WHEN 'merged' THEN jsonb_build_object('mergedIds', payload -> 'mergedIds')
    ELSE jsonb_build_object('action', payload -> 'action') END
WHERE type = 'directory.changed' AND payload ->> 'kind' = 'client';
-- An entry that is pruned has nobody left to tell of.
DELETE FROM event v WHERE type = 'waitlist.removed'
  AND NOT EXISTS (SELECT FROM waitlist_entry e WHERE e.organization_id = v.organization_id AND e.id = v.entity_id);
UPDATE event v SET type = 'waitlist.left', payload = jsonb_build_object('siteId', e.site_id, 'reason', 'removed')
FROM waitlist_entry e WHERE v.type = 'waitlist.removed' AND e.organization_id = v.organization_id AND e.id = v.entity_id;

UPDATE audit SET action = 'attendee.responded' WHERE action = 'appointment.updated' AND diff ? 'attendee';
UPDATE audit SET action = CASE WHEN diff ? 'accepted' THEN 'member.joined' WHEN diff ? 'removed' THEN 'member.removed' ELSE 'member.changed' END
WHERE action = 'membership.changed';
UPDATE audit SET action = CASE diff ->> 'action' WHEN 'created' THEN 'client.created' WHEN 'merged' THEN 'client.merged' ELSE 'client.updated' END
WHERE action = 'directory.changed' AND entity = 'client';
UPDATE audit SET action = 'waitlist.left', diff = diff || '{"reason": "removed"}' WHERE action = 'waitlist.removed';

ALTER TABLE event FORCE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
