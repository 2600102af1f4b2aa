-- Counts a change for each thing it belongs to, and tells the caches of every process through the event log. Arguments:
-- the columns that hold the keys, then the columns whose change means nothing to slots. Once a statement, so that an
-- import of ten thousand rules writes one row a provider.
CREATE OR REPLACE FUNCTION count_booking_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  ignored text[] := string_to_array(coalesce(TG_ARGV[1], ''), ',') || ARRAY['updated_at'];
  changed text;
BEGIN
  changed := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT to_jsonb(n) AS line FROM new_rows n'
    WHEN 'DELETE' THEN 'SELECT to_jsonb(o) AS line FROM old_rows o'
    ELSE '(SELECT to_jsonb(n) - $2 AS line FROM new_rows n EXCEPT SELECT to_jsonb(o) - $2 FROM old_rows o)
          UNION (SELECT to_jsonb(o) - $2 FROM old_rows o EXCEPT SELECT to_jsonb(n) - $2 FROM new_rows n)'
  END;
  EXECUTE format($statement$
    WITH changed AS (%s), touched AS (
      SELECT DISTINCT coalesce(line ->> 'organization_id', line ->> 'id')::uuid AS organization_id, (line ->> name)::uuid AS key
      FROM changed, unnest($1::text[]) AS name WHERE line ->> name IS NOT NULL AND $2 IS NOT NULL
    ), counted AS (
      INSERT INTO booking_version AS v (organization_id, key, version)
      SELECT organization_id, key, 1 FROM touched ORDER BY organization_id, key
      ON CONFLICT (organization_id, key) DO UPDATE SET version = v.version + 1
      RETURNING v.organization_id, v.key
    )
    INSERT INTO event (organization_id, type, entity_id) SELECT organization_id, 'booking.facts_changed', key FROM counted
  $statement$, changed) USING key_columns, ignored;
  RETURN NULL;
END $$;
ALTER FUNCTION count_booking_change() OWNER TO creneau_system;
REVOKE ALL ON FUNCTION count_booking_change() FROM PUBLIC;
