import { answerApart, runApart } from "./run-apart.ts";

/**
 * Does what `migrate` does in a process of its own: the schema engine's WebAssembly takes over 100 MB.
 * Throws with the engine's own words when a migration fails.
 */
export function migrateApart({ adminUrl }: { adminUrl: string }): Promise<{ applied: string[] }> {
  return runApart(import.meta.url, { adminUrl });
}

if (import.meta.main && process.send) {
  answerApart(async (input: { adminUrl: string }) => (await import("../migrate.ts")).migrate(input));
}
