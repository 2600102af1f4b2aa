import { migrateQueue } from "./jobs/queue-schema.ts";
import { applyMigrations } from "./schema-engine.ts";
import { applyFunctions } from "./sql-functions.ts";

export interface MigrateOptions {
  /** The owner's connection. */
  adminUrl: string;
  /**
   * True where processes of several versions may share the database: one of the old version that starts once more while an
   * upgrade rolls then leaves the new version's functions in force. Otherwise this version's are put in force.
   */
  keepsNewer?: boolean;
}

export interface Migrated {
  /** Names of the migrations just applied. */
  applied: string[];
  /** The SQL functions of this version were just put in force. */
  hasNewFunctions: boolean;
}

/**
 * Brings a database to this version: Prisma migrations, then the job queue's own schema, then the SQL functions. Safe to run
 * by several processes at once and at every start.
 */
export async function migrate({ adminUrl, keepsNewer = false }: MigrateOptions): Promise<Migrated> {
  const applied = await applyMigrations(adminUrl);
  await migrateQueue(adminUrl);
  const hasNewFunctions = await applyFunctions(adminUrl, { keepsNewer });
  return { applied, hasNewFunctions };
}
