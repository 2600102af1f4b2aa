-- CreateEnum
CREATE TYPE "client_alias_kind" AS ENUM ('name', 'email', 'phone');

-- AlterTable
ALTER TABLE "client" ADD COLUMN     "merged_into_id" UUID;

-- CreateTable
CREATE TABLE "client_alias" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "kind" "client_alias_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "merge_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_alias_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "client_merge" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kept_id" UUID NOT NULL,
    "user_id" UUID,
    "changes" JSONB NOT NULL DEFAULT '{}',
    "moved" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_merge_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "client_alias_organization_id_kind_value_idx" ON "client_alias"("organization_id", "kind", "value");

-- CreateIndex
CREATE UNIQUE INDEX "client_alias_organization_id_client_id_kind_value_key" ON "client_alias"("organization_id", "client_id", "kind", "value");

-- CreateIndex
CREATE INDEX "client_merge_organization_id_kept_id_created_at_idx" ON "client_merge"("organization_id", "kept_id", "created_at");

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_organization_id_merged_into_id_fkey" FOREIGN KEY ("organization_id", "merged_into_id") REFERENCES "client"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_alias" ADD CONSTRAINT "client_alias_organization_id_client_id_fkey" FOREIGN KEY ("organization_id", "client_id") REFERENCES "client"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_alias" ADD CONSTRAINT "client_alias_organization_id_merge_id_fkey" FOREIGN KEY ("organization_id", "merge_id") REFERENCES "client_merge"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_merge" ADD CONSTRAINT "client_merge_organization_id_kept_id_fkey" FOREIGN KEY ("organization_id", "kept_id") REFERENCES "client"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The rest of this file is what the schema cannot say.
ALTER TABLE client
  ADD CONSTRAINT client_merged_is_archived CHECK (merged_into_id IS NULL OR archived_at IS NOT NULL),
  ADD CONSTRAINT client_not_into_itself CHECK (merged_into_id <> id);
-- For the foreign key, and to find what was merged into a client.
CREATE INDEX client_merged ON client (organization_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
ALTER TABLE client_alias ADD CONSTRAINT client_alias_says_something CHECK (value <> '');
CREATE INDEX client_alias_merge ON client_alias (organization_id, merge_id) WHERE merge_id IS NOT NULL;

DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['client_alias', 'client_merge'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY tenant ON %I TO creneau_app USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization())', target);
    EXECUTE format('CREATE POLICY system ON %I TO creneau_system USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO creneau_app, creneau_system', target);
  END LOOP;
END $$;

-- What a client is found by follows their aliases. The function is as in prisma/functions/directory; it stands here too
-- because a trigger needs one.
CREATE FUNCTION client_alias_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client c SET name = c.name
  WHERE (c.organization_id, c.id) IN ((OLD.organization_id, OLD.client_id), (NEW.organization_id, NEW.client_id));
  RETURN NULL;
END $$;
CREATE TRIGGER client_alias_told AFTER INSERT OR UPDATE OR DELETE ON client_alias
  FOR EACH ROW EXECUTE FUNCTION client_alias_told();
