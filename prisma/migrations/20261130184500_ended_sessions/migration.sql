-- Sessions that were signed out before their cookie expired: the cookie itself cannot be called back.
CREATE TABLE "ended_session" (
    "session_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ended_session_pkey" PRIMARY KEY ("session_id")
);

CREATE INDEX "ended_session_user_id_idx" ON "ended_session"("user_id");
CREATE INDEX "ended_session_expires_at_idx" ON "ended_session"("expires_at");

ALTER TABLE "ended_session" ADD CONSTRAINT "ended_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON ended_session TO creneau_app, creneau_system;
