-- Who has an appointment open, so that two people who edit the same one are warned.
CREATE TABLE "presence" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "presence_organization_id_appointment_id_idx" ON "presence"("organization_id", "appointment_id");
ALTER TABLE "presence" ADD CONSTRAINT "presence_organization_id_appointment_id_fkey" FOREIGN KEY ("organization_id", "appointment_id") REFERENCES "appointment"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE presence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON presence TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY system ON presence TO creneau_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO creneau_app, creneau_system;
