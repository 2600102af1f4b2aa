-- A public name that somebody gives up stays theirs for a year: it leads to their present one, they may take it back, and
-- nobody else can have it, of whatever organization.
CREATE OR REPLACE FUNCTION keep_released_username() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.username IS NOT NULL THEN
    DELETE FROM released_username r WHERE r.username = NEW.username AND (r.user_id = NEW.id OR r.released_at <= now() - interval '1 year');
    IF EXISTS (SELECT FROM released_username r WHERE r.username = NEW.username) THEN
      RAISE unique_violation USING MESSAGE = 'This public name was given up less than a year ago', TABLE = 'user', CONSTRAINT = 'user_username_key';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.username IS NOT NULL THEN
    INSERT INTO released_username (username, user_id, released_at) VALUES (OLD.username, OLD.id, now())
    ON CONFLICT (username) DO UPDATE SET user_id = excluded.user_id, released_at = excluded.released_at;
  END IF;
  RETURN NEW;
END $$;
