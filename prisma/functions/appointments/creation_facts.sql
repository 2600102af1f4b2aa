-- What a creation is decided on: the facts, and the appointment that its idempotency key has made before.
CREATE OR REPLACE FUNCTION creation_facts(
  organization uuid, wanted_provider uuid, wanted_site uuid, wanted_service uuid, range_from timestamptz, range_to timestamptz,
  at timestamptz, request_key text
) RETURNS json LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  earlier record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  IF request_key IS NOT NULL THEN
    SELECT a.id, a.idempotency_hash INTO earlier FROM appointment a
    WHERE a.organization_id = organization AND a.idempotency_key = request_key;
    IF FOUND THEN
      RETURN json_build_object('earlier', json_build_object('hash', earlier.idempotency_hash, 'row', appointment_row(organization, earlier.id)));
    END IF;
  END IF;
  RETURN json_build_object('facts', placement_facts(organization, wanted_provider, wanted_site, wanted_service, range_from, range_to, at));
END $$;
