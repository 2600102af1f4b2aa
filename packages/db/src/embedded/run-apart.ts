import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

type Answer<Output> = { output: Output } | { failure: string };

/**
 * Runs a module in a process of its own and resolves with what it answers through `answerApart`. For heavy steps of a
 * start: their memory goes back to the system when they are done, instead of staying with the server for ever.
 * The input travels by message, not by argument: everybody on the machine may read a process's arguments.
 */
export async function runApart<Input extends object, Output>(
  moduleUrl: string,
  input: Input,
): Promise<Output> {
  const child = fork(fileURLToPath(moduleUrl), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  const answer = await new Promise<Answer<Output>>((done, fail) => {
    child.once("message", (message) => done(message as Answer<Output>));
    child.once("error", fail);
    child.once("close", (code) =>
      fail(new Error(`a step of the start ended with code ${code}: ${errors.trim()}`)),
    );
    child.send(input);
  });
  if ("failure" in answer) throw new Error(answer.failure);
  return answer.output;
}

/** The child's side: waits for the input, answers with the result or the failure, and leaves. */
export function answerApart<Input extends object, Output>(run: (input: Input) => Promise<Output>): void {
  // Ctrl-C in a terminal reaches this process too; it is the parent that decides, and it waits for this step.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});
  process.once("disconnect", () => process.exit(1));
  process.once("message", async (message) => {
    let answer: Answer<Output>;
    try {
      answer = { output: await run(message as Input) };
    } catch (error) {
      answer = { failure: error instanceof Error ? error.message : String(error) };
    }
    process.send?.(answer, () => process.exit());
  });
}
