-- Whoever reacts to the event log follows it by a position of its own, which outlives every process.
CREATE TABLE "event_consumer" (
    "name" TEXT NOT NULL,
    "types" TEXT[],
    "epoch" TEXT,
    "xid" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,

    CONSTRAINT "event_consumer_pkey" PRIMARY KEY ("name")
);
GRANT SELECT ON event_consumer TO creneau_app;
-- A position moves together with what its events asked for: only through functions.
REVOKE INSERT, UPDATE, DELETE ON event_consumer FROM creneau_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON event_consumer TO creneau_system;

-- Events that a consumer could not react to.
CREATE TABLE "parked_event" (
    "organization_id" UUID NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "retry_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parked_event_pkey" PRIMARY KEY ("organization_id","consumer","event_id")
);
CREATE INDEX "parked_event_consumer_retry_at_idx" ON "parked_event"("consumer", "retry_at");
CREATE INDEX "parked_event_event_id_idx" ON "parked_event"("event_id");

ALTER TABLE parked_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE parked_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parked_event TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY system ON parked_event TO creneau_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON parked_event TO creneau_app, creneau_system;
-- The application looks, and gives one more try.
REVOKE INSERT, DELETE ON parked_event FROM creneau_app;
