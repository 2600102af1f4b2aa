-- CreateTable
CREATE TABLE "client_site" (
    "organization_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_site_pkey" PRIMARY KEY ("organization_id","client_id","site_id")
);

-- CreateIndex
CREATE INDEX "client_site_organization_id_site_id_idx" ON "client_site"("organization_id", "site_id");

-- AddForeignKey
ALTER TABLE "client_site" ADD CONSTRAINT "client_site_organization_id_client_id_fkey" FOREIGN KEY ("organization_id", "client_id") REFERENCES "client"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_site" ADD CONSTRAINT "client_site_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE client_site ENABLE ROW LEVEL SECURITY;
ALTER TABLE client_site FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON client_site TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY system ON client_site TO creneau_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON client_site TO creneau_app, creneau_system;
