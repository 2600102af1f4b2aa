-- Log and audit name who acted by kind: a user, a client behind a link, a key of the API, or a part of the product itself.
CREATE TYPE "actor_kind" AS ENUM ('user', 'client', 'api_key', 'system');
ALTER TABLE "event" ADD COLUMN "actor_kind" "actor_kind" NOT NULL DEFAULT 'system',
  ADD COLUMN "actor_id" UUID,
  ADD COLUMN "actor_name" TEXT;
ALTER TABLE "audit" ADD COLUMN "actor_kind" "actor_kind" NOT NULL DEFAULT 'system',
  ADD COLUMN "actor_id" UUID,
  ADD COLUMN "actor_name" TEXT;

ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;

-- Whoever is no user and no part of the product was a visitor: nobody else could act until now.
UPDATE event SET actor_kind = CASE WHEN actor_user_id IS NOT NULL THEN 'user' ELSE 'client' END::actor_kind
WHERE actor_user_id IS NOT NULL OR NOT (type IN ('booking.facts_changed', 'waitlist.offered')
  OR (type = 'appointment.released' AND payload ->> 'reason' = 'expired') OR (type = 'waitlist.left' AND payload ->> 'reason' = 'over'));
UPDATE event SET actor_name = CASE WHEN type LIKE 'waitlist.%' THEN 'waitlist' ELSE 'holds' END
WHERE actor_kind = 'system' AND type <> 'booking.facts_changed';
UPDATE audit SET actor_kind = CASE WHEN actor_user_id IS NOT NULL THEN 'user' ELSE 'client' END::actor_kind, actor_id = (diff ->> 'clientId')::uuid
WHERE actor_user_id IS NOT NULL OR NOT (action IN ('appointment.assigned', 'waitlist.offered') OR (action = 'waitlist.left' AND diff ->> 'reason' = 'over'));
UPDATE audit SET actor_name = CASE WHEN action = 'appointment.assigned' THEN 'assignment' ELSE 'waitlist' END WHERE actor_kind = 'system';
-- Of a client's own changes the appointment knows who they are.
UPDATE audit h SET actor_id = a.client_id FROM appointment a
WHERE h.actor_kind = 'client' AND h.actor_id IS NULL AND a.organization_id = h.organization_id AND a.id = h.entity_id;

ALTER TABLE event ADD CONSTRAINT event_actor CHECK (actor_kind <> 'user' OR actor_user_id IS NOT NULL) NOT VALID;
ALTER TABLE audit ADD CONSTRAINT audit_actor CHECK (actor_kind <> 'user' OR actor_user_id IS NOT NULL) NOT VALID;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
