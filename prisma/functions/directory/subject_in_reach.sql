-- Whether a seat limited to these sites may know of a subject: as of its client, or because it came to one of them itself;
-- one that is nobody's and was nowhere yet is open to all. Null: no limit.
CREATE OR REPLACE FUNCTION subject_in_reach(wanted subject, sites uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT sites IS NULL
    OR EXISTS (SELECT FROM appointment a WHERE a.organization_id = wanted.organization_id AND a.subject_id = wanted.id
      AND a.site_id = ANY (sites))
    OR EXISTS (SELECT FROM client c WHERE c.organization_id = wanted.organization_id AND c.id = wanted.client_id
      AND client_in_reach(c, sites))
    OR (wanted.client_id IS NULL AND NOT EXISTS (
      SELECT FROM appointment a WHERE a.organization_id = wanted.organization_id AND a.subject_id = wanted.id))
$$;
