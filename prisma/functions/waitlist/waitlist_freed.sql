-- A time that comes free while somebody waits at the site: looks for who may have it once the change can no longer be
-- taken back. One job for ten seconds of changes; one for all would be put off by each of them.
CREATE OR REPLACE FUNCTION waitlist_freed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_organization() = OLD.organization_id AND EXISTS (
    SELECT FROM waitlist_entry e WHERE e.organization_id = OLD.organization_id AND e.site_id = OLD.site_id AND e.ended_at IS NULL) THEN
    PERFORM enqueue_job('waitlist.match', jsonb_build_object('organizationId', OLD.organization_id),
      now() + (SELECT (o.undo_seconds + 2) * interval '1 second' FROM organization o WHERE o.id = OLD.organization_id),
      'freed ' || floor(extract(epoch FROM now()) / 10));
  END IF;
  RETURN NULL;
END $$;
