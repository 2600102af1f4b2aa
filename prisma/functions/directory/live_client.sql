-- The client to write under for this id: itself, or the record it was merged into; null for one that is archived or was
-- never there. It is held against a merge until the commit: whoever comes while one is under way waits, and finds
-- where it led.
CREATE OR REPLACE FUNCTION live_client(wanted uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  found_id uuid;
BEGIN
  -- A record merged again while we waited for the first merge is looked for once more.
  FOR attempt IN 1 .. 4 LOOP
    SELECT c.id INTO found_id FROM client c
    WHERE c.organization_id = current_organization() AND c.id = wanted AND c.archived_at IS NULL FOR KEY SHARE;
    IF FOUND THEN RETURN found_id; END IF;
    SELECT c.merged_into_id INTO wanted FROM client c WHERE c.organization_id = current_organization() AND c.id = wanted;
    IF wanted IS NULL THEN RETURN NULL; END IF;
  END LOOP;
  RETURN NULL;
END $$;
