-- The client of a public booking: the known one with the same name and the same e-mail (the phone, when no e-mail is
-- given), or a new one under `id`. A stranger who knows a name and a phone can so never attach an address of their own
-- to somebody else. Bookings of one contact queue, so that two at once do not make two clients.
CREATE OR REPLACE FUNCTION booking_client(person jsonb, OUT client_id uuid, OUT is_new boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(current_organization()::text || coalesce(person ->> 'email', person ->> 'phone'), 4203));
  is_new := false;
  IF person ->> 'email' IS NOT NULL THEN
    SELECT c.id INTO client_id FROM client c
    WHERE c.organization_id = current_organization() AND c.email = person ->> 'email'
      AND c.archived_at IS NULL AND fold_text(c.name) = fold_text(person ->> 'name') ORDER BY c.created_at LIMIT 1;
  ELSE
    SELECT c.id INTO client_id FROM client c
    WHERE c.organization_id = current_organization() AND c.phone = person ->> 'phone'
      AND c.archived_at IS NULL AND fold_text(c.name) = fold_text(person ->> 'name') ORDER BY c.created_at LIMIT 1;
  END IF;
  IF client_id IS NULL THEN
    is_new := true;
    client_id := (person ->> 'id')::uuid;
    INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, portal_token_hash, updated_at)
    VALUES (current_organization(), client_id, 'individual', person ->> 'name', person ->> 'email', person ->> 'phone', person ->> 'locale',
      coalesce(person ->> 'timezone', (SELECT timezone FROM organization WHERE id = current_organization())), person ->> 'portalTokenHash', now());
  END IF;
END $$;
