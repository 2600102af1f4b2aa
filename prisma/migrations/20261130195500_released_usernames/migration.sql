-- Public names that were given up: for a year they lead to their owner's present one, and nobody else can have them.
CREATE TABLE "released_username" (
    "username" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "released_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "released_username_pkey" PRIMARY KEY ("username")
);
CREATE INDEX "released_username_user_id_idx" ON "released_username"("user_id");
ALTER TABLE "released_username" ADD CONSTRAINT "released_username_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON released_username TO creneau_app, creneau_system;

-- As in prisma/functions; they stand here too because triggers need them.
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

CREATE OR REPLACE FUNCTION guard_organization_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM released_username r WHERE r.username = NEW.slug AND r.released_at > now() - interval '1 year') THEN
    RAISE unique_violation USING MESSAGE = 'This public name was given up less than a year ago', TABLE = 'organization', CONSTRAINT = 'organization_slug_key';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER released_username_kept BEFORE UPDATE OF username ON "user" FOR EACH ROW
  WHEN (OLD.username IS DISTINCT FROM NEW.username) EXECUTE FUNCTION keep_released_username();
CREATE TRIGGER released_username_guarded BEFORE INSERT ON "user" FOR EACH ROW
  WHEN (NEW.username IS NOT NULL) EXECUTE FUNCTION keep_released_username();
CREATE TRIGGER organization_slug_guarded BEFORE INSERT OR UPDATE OF slug ON organization FOR EACH ROW
  EXECUTE FUNCTION guard_organization_slug();
