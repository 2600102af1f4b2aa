-- Clients of the current organization whose folded text holds every word; trigram matching is not leakproof, so under
-- row-level security it could not use its index: hence definer's rights with the scope spelt out.
--
-- LIKE ALL over a list cannot use the trigram index, so each word becomes a condition of its own. A word shorter than a
-- trigram counts only at the beginning of a word of the client's, which the index knows too. The inner limit keeps a
-- very common word from sorting half the table: who meets it has to type more.
CREATE OR REPLACE FUNCTION search_clients(words text[], max_rows integer) RETURNS SETOF client
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  word text;
  pattern text;
  conditions text := '';
BEGIN
  FOREACH word IN ARRAY words LOOP
    pattern := replace(replace(replace(fold_text(word), '\', '\\'), '%', '\%'), '_', '\_');
    IF length(fold_text(word)) >= 3 THEN
      conditions := conditions || format(' AND search_text LIKE %L', '%' || pattern || '%');
    ELSE
      conditions := conditions || format(' AND (search_text LIKE %L OR search_text LIKE %L)', pattern || '%', '% ' || pattern || '%');
    END IF;
  END LOOP;
  RETURN QUERY EXECUTE
    'SELECT * FROM (SELECT * FROM client WHERE organization_id = current_organization() AND archived_at IS NULL'
    || conditions || ' LIMIT greatest(2000, $1 * 20)) AS found ORDER BY name, id LIMIT $1'
    USING max_rows;
END $$;
ALTER FUNCTION search_clients(text[], integer) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION search_clients(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_clients(text[], integer) TO creneau_app;
