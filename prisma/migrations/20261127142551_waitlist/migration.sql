-- People who wait for a time that suits them. An offer is a hold like any other, under the same constraint.
CREATE TABLE "waitlist_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "provider_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "timezone" TEXT,
    "subject_attributes" JSONB,
    "from_date" DATE NOT NULL,
    "to_date" DATE NOT NULL,
    "start_minute" INTEGER NOT NULL DEFAULT 0,
    "end_minute" INTEGER NOT NULL DEFAULT 1440,
    "token_hash" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "offered_appointment_id" UUID,
    "offered_starts" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "waitlist_entry_token_hash_key" ON "waitlist_entry"("token_hash");
CREATE UNIQUE INDEX "waitlist_entry_organization_id_idempotency_key_key" ON "waitlist_entry"("organization_id", "idempotency_key");
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_organization_id_service_id_fkey" FOREIGN KEY ("organization_id", "service_id") REFERENCES "service"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE waitlist_entry
  ADD CONSTRAINT waitlist_days CHECK (from_date <= to_date),
  ADD CONSTRAINT waitlist_times CHECK (start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440);
CREATE INDEX waitlist_entry_open ON waitlist_entry (organization_id, site_id, created_at) WHERE ended_at IS NULL;

ALTER TABLE waitlist_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE waitlist_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON waitlist_entry TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY system ON waitlist_entry TO creneau_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON waitlist_entry TO creneau_app, creneau_system;

-- Makes a hold the offer of an entry, until `until`, and queues the mail about it: all of it or nothing. False when the
-- hold or the entry has gone meanwhile, or the entry has an offer already; the hold is then given back.
CREATE FUNCTION waitlist_offer(organization uuid, entry uuid, appointment_id uuid, until timestamptz, at timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  offered appointment;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  PERFORM 1 FROM waitlist_entry e WHERE e.organization_id = organization AND e.id = entry FOR UPDATE;
  UPDATE appointment a SET hold_expires_at = until, version = a.version + 1, updated_at = at
  WHERE a.organization_id = organization AND a.id = appointment_id AND a.status = 'held' AND a.hold_expires_at > at
  RETURNING a.* INTO offered;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE waitlist_entry e SET offered_appointment_id = appointment_id, offered_starts = e.offered_starts || offered.starts_at, updated_at = at
  WHERE e.organization_id = organization AND e.id = entry AND e.ended_at IS NULL AND NOT EXISTS (
    SELECT FROM appointment o WHERE o.organization_id = organization AND o.id = e.offered_appointment_id
      AND (o.status <> 'held' OR o.hold_expires_at > at));
  IF NOT FOUND THEN
    PERFORM booking_release_hold(organization, appointment_id);
    RETURN false;
  END IF;
  PERFORM booking_event('appointment.hold_extended', offered);
  PERFORM enqueue_job('waitlist.tell',
    jsonb_build_object('organizationId', organization, 'entryId', entry, 'appointmentId', appointment_id), NULL, appointment_id::text);
  RETURN true;
END $$;

-- A time that comes free while somebody waits at the site: looks for who may have it once the change can no longer be
-- taken back. One job for ten seconds of changes; one for all would be put off by each of them.
CREATE FUNCTION waitlist_freed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_organization() = OLD.organization_id AND EXISTS (
    SELECT FROM waitlist_entry e WHERE e.organization_id = OLD.organization_id AND e.site_id = OLD.site_id AND e.ended_at IS NULL) THEN
    PERFORM enqueue_job('waitlist.match', jsonb_build_object('organizationId', OLD.organization_id),
      now() + (SELECT (o.undo_seconds + 2) * interval '1 second' FROM organization o WHERE o.id = OLD.organization_id),
      'freed ' || floor(extract(epoch FROM now()) / 10));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER waitlist_freed AFTER UPDATE ON appointment FOR EACH ROW
  WHEN (OLD.status IN ('pending', 'confirmed') AND (NEW.status = 'cancelled' OR NEW.busy_from <> OLD.busy_from
    OR NEW.busy_to <> OLD.busy_to OR NEW.provider_id <> OLD.provider_id))
  EXECUTE FUNCTION waitlist_freed();

-- Definer's rights: the visitor of a link has no organization yet, the schedule and the pruning have all of them.
CREATE FUNCTION resolve_waitlist_token(token_hash text) RETURNS TABLE (organization_id uuid, entry_id uuid, stored_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.organization_id, e.id, e.token_hash FROM waitlist_entry e WHERE e.token_hash = resolve_waitlist_token.token_hash
$$;
CREATE FUNCTION waiting_organizations() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT organization_id FROM waitlist_entry WHERE ended_at IS NULL ORDER BY organization_id
$$;
CREATE FUNCTION prune_waitlist(before timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM waitlist_entry WHERE ended_at < before OR to_date < before::date RETURNING 1) SELECT count(*) FROM gone
$$;
DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY['resolve_waitlist_token(text)', 'waiting_organizations()', 'prune_waitlist(timestamptz)'] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO creneau_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO creneau_app', signature);
  END LOOP;
END $$;
