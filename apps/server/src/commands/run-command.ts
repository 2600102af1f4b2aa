import { EmbeddedError } from "@creneau/db/embedded/embedded-error";
import { findRunning } from "@creneau/db/embedded/start-embedded";
import { EnvError, readEnv, type StartEnv } from "../env.ts";
import { openDatabase } from "../start/open-database.ts";
import { fail, note } from "../start/progress.ts";
import { StartError } from "../start/start-error.ts";

/**
 * Runs a database command to its end and leaves: on DATABASE_URL, on the embedded database of a server that runs, or
 * on one started just for the command. Exit code 2 when the environment or the database cannot be used, 1 when it fails.
 */
export async function runCommand(
  run: (database: { url: string; adminUrl: string }, env: StartEnv) => Promise<void>,
): Promise<never> {
  try {
    const env = readEnv();
    const running = env.DATABASE_URL ? undefined : findRunning(env.DATA_DIR);
    if (running) {
      await run(running, env);
    } else {
      const database = await openDatabase(env, note);
      try {
        await run(database, env);
      } finally {
        await database.close();
      }
    }
    process.exit(0);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    const isMendable =
      error instanceof EnvError || error instanceof StartError || error instanceof EmbeddedError;
    process.exit(isMendable ? 2 : 1);
  }
}
