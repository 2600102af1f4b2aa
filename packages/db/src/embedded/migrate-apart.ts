/**
 * Migrations in a process of their own: the schema engine's WebAssembly memory (over 100 MB) goes back to the system
 * when it is done, instead of staying with the server for ever.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

type Answer = { applied: string[] } | { failure: string };

/** Does what `migrate` does, in a child process. Throws with the engine's own words when a migration fails. */
export async function migrateApart({ adminUrl }: { adminUrl: string }): Promise<{ applied: string[] }> {
  const child = fork(fileURLToPath(import.meta.url), [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  const answer = await new Promise<Answer>((done, fail) => {
    child.once("message", (message) => done(message as Answer));
    child.once("error", fail);
    child.once("close", (code) => fail(new Error(`the migration process ended with code ${code}: ${errors.trim()}`)));
    // By message, not by argument: everybody on the machine may read a process's arguments, and this has a password.
    child.send({ adminUrl });
  });
  if ("failure" in answer) throw new Error(answer.failure);
  return answer;
}

if (import.meta.main && process.send) {
  process.once("message", async (message) => {
    let answer: Answer;
    try {
      const { migrate } = await import("../migrate.ts");
      answer = await migrate(message as { adminUrl: string });
    } catch (error) {
      answer = { failure: error instanceof Error ? error.message : String(error) };
    }
    process.send?.(answer, () => process.exit());
  });
}
