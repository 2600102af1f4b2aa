import { migrateQueue } from "./jobs/queue-schema.ts";
import { applyMigrations } from "./schema-engine.ts";

/**
 * Brings the database at `adminUrl` (the owner's connection) to this version: Prisma migrations, then the job queue's
 * own schema. Safe to run by several processes at once and at every start; returns the migrations just applied.
 */
export async function migrate({ adminUrl }: { adminUrl: string }): Promise<{ applied: string[] }> {
  const applied = await applyMigrations(adminUrl);
  await migrateQueue(adminUrl);
  return { applied };
}
