import type { Migrated, MigrateOptions } from "../migrate.ts";
import { answerApart, runApart } from "./run-apart.ts";

/**
 * Does what `migrate` does in a process of its own: the schema engine's WebAssembly takes over 100 MB.
 * Throws with the engine's own words when a migration fails.
 */
export function migrateApart(options: MigrateOptions): Promise<Migrated> {
  return runApart(import.meta.url, options);
}

if (import.meta.main && process.send) {
  answerApart(async (input: MigrateOptions) => (await import("../migrate.ts")).migrate(input));
}
