-- Serialises writers of one provider or one room inside a transaction. Callers pass every key at once, sorted here, so
-- that two moves that cross never wait for each other.
CREATE OR REPLACE FUNCTION lock_agendas(agendas uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  agenda uuid;
BEGIN
  FOR agenda IN SELECT DISTINCT unnest(agendas) AS key ORDER BY key LOOP
    IF agenda IS NOT NULL THEN PERFORM pg_advisory_xact_lock(hashtextextended(agenda::text, 4201)); END IF;
  END LOOP;
END $$;
