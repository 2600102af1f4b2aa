-- Makes a consumer known and says what it listens to. A new one begins at the present: what was there before it is not
-- its business.
CREATE OR REPLACE FUNCTION register_consumer(consumer text, event_types text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  current_epoch text := settle_epoch();
BEGIN
  INSERT INTO event_consumer AS c (name, types, epoch, xid, id)
  VALUES (consumer, event_types, current_epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0)
  ON CONFLICT (name) DO UPDATE SET types = event_types WHERE c.types IS DISTINCT FROM event_types;
END $$;
ALTER FUNCTION register_consumer(text, text[]) OWNER TO creneau_system;
REVOKE ALL ON FUNCTION register_consumer(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_consumer(text, text[]) TO creneau_app;
