-- Whether a seat limited to these sites may know of a client: they have an appointment at one of them, its staff entered
-- them, or they are known nowhere yet. A merged record is as known as the one it went into. Null: no limit.
CREATE OR REPLACE FUNCTION client_in_reach(wanted client, sites uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT sites IS NULL OR (
    SELECT CASE WHEN count(*) = 0 THEN true ELSE bool_or(site_id = ANY (sites)) END FROM (
      SELECT a.site_id FROM appointment a
      WHERE a.organization_id = wanted.organization_id AND a.client_id = coalesce(wanted.merged_into_id, wanted.id)
      UNION ALL
      SELECT k.site_id FROM client_site k
      WHERE k.organization_id = wanted.organization_id AND k.client_id IN (
        SELECT coalesce(wanted.merged_into_id, wanted.id)
        UNION ALL SELECT m.id FROM client m
        WHERE m.organization_id = wanted.organization_id AND m.merged_into_id = coalesce(wanted.merged_into_id, wanted.id))
    ) AS known_at)
$$;
