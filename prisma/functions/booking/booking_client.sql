-- The client of a public booking: the known one with the same name and the same e-mail (the phone, when no e-mail is
-- given), or a new one under `id`. A stranger who knows a name and a phone can so never attach an address of their own
-- to somebody else. Their zone is that of their last visit. Bookings of one contact queue, so that two at once do not
-- make two clients.
CREATE OR REPLACE FUNCTION booking_client(person jsonb, OUT client_id uuid, OUT is_new boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(current_organization()::text || coalesce(person ->> 'email', person ->> 'phone'), 4203));
  client_id := known_client(person ->> 'name', person ->> 'email', CASE WHEN person ->> 'email' IS NULL THEN person ->> 'phone' END);
  is_new := client_id IS NULL;
  IF is_new THEN
    client_id := (person ->> 'id')::uuid;
    INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, portal_token_hash, updated_at)
    VALUES (current_organization(), client_id, 'individual', person ->> 'name', person ->> 'email', person ->> 'phone', person ->> 'locale',
      coalesce(person ->> 'timezone', (SELECT timezone FROM organization WHERE id = current_organization())), person ->> 'portalTokenHash', now());
  ELSE
    UPDATE client c SET timezone = person ->> 'timezone'
    WHERE c.organization_id = current_organization() AND c.id = client_id AND c.timezone <> person ->> 'timezone';
  END IF;
END $$;
