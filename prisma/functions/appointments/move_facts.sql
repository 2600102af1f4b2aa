-- What a move is decided on: the appointment, and the facts of the agenda it would enter, at its own site when the
-- provider works there, else at the provider's first. Null when there is no such appointment.
CREATE OR REPLACE FUNCTION move_facts(
  organization uuid, wanted uuid, target_provider uuid, range_from timestamptz, range_to timestamptz, at timestamptz
) RETURNS json LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  seen record;
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  SELECT a.provider_id, a.site_id, a.service_id INTO seen FROM appointment a WHERE a.organization_id = organization AND a.id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF target_provider IS NOT NULL AND target_provider <> seen.provider_id AND NOT EXISTS (
    SELECT FROM provider_site ps
    WHERE ps.organization_id = organization AND ps.provider_id = target_provider AND ps.site_id = seen.site_id)
  THEN seen.site_id := NULL; END IF;
  RETURN json_build_object('row', appointment_row(organization, wanted), 'facts', placement_facts(
    organization, coalesce(target_provider, seen.provider_id), seen.site_id, seen.service_id, range_from, range_to, at));
END $$;
