-- The client who goes by this name and this e-mail or phone, in their own row or among their aliases, the oldest first;
-- null when there is none. Held against a merge until the commit.
CREATE OR REPLACE FUNCTION known_client(person_name text, person_email text, person_phone text) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization uuid := current_organization();
  known uuid;
  is_named boolean;
BEGIN
  -- Nearly everybody has one name and one address, or is new: settled by two probes. A record that is merged while we wait
  -- for it falls out, and its address is found among the aliases of the one it went into.
  SELECT c.id, fold_text(c.name) = fold_text(person_name) INTO known, is_named FROM client c
  WHERE c.organization_id = organization AND c.archived_at IS NULL AND (c.email = person_email OR c.phone = person_phone)
  ORDER BY 2 DESC, c.created_at, c.id LIMIT 1 FOR KEY SHARE;
  IF is_named THEN RETURN known; END IF;
  IF known IS NULL AND NOT EXISTS (
    SELECT FROM client_alias k WHERE k.organization_id = organization
      AND (k.kind = 'email' AND k.value = person_email OR k.kind = 'phone' AND k.value = person_phone))
  THEN RETURN NULL; END IF;
  SELECT c.id INTO known FROM client c
  WHERE c.organization_id = organization AND c.archived_at IS NULL
    AND c.id IN (
      SELECT k.client_id FROM client_alias k WHERE k.organization_id = organization AND k.kind = 'email' AND k.value = person_email
      UNION ALL SELECT k.client_id FROM client_alias k WHERE k.organization_id = organization AND k.kind = 'phone' AND k.value = person_phone
      UNION ALL SELECT o.id FROM client o WHERE o.organization_id = organization AND (o.email = person_email OR o.phone = person_phone))
    AND (fold_text(c.name) = fold_text(person_name) OR EXISTS (
      SELECT FROM client_alias k WHERE k.organization_id = organization AND k.client_id = c.id AND k.kind = 'name'
        AND fold_text(k.value) = fold_text(person_name)))
  ORDER BY c.created_at, c.id LIMIT 1 FOR KEY SHARE OF c;
  RETURN known;
END $$;
