import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a helper process can be asked, by name. */
export type Tasks = Record<string, (input: never) => unknown>;

type Answer = { id: number; output: unknown } | { id: number; failure: string };

/** A process of ours that does tasks: load generators and servers must not share a thread with what they measure. */
export interface Helper<T extends Tasks> {
  pid: number;
  ask<Name extends keyof T & string>(
    name: Name,
    input: Parameters<T[Name]>[0],
  ): Promise<Awaited<ReturnType<T[Name]>>>;
  /** Lets it finish what it does (`close` of its tasks), then waits until it is gone. */
  stop(): Promise<void>;
}

interface HelperOptions {
  execArgv?: string[];
  env?: Record<string, string>;
}

const stopMs = 15_000;

/** Starts the module as a process; the module calls `doTasks`. */
export function startHelper<T extends Tasks>(
  moduleUrl: string,
  { execArgv = [], env = {} }: HelperOptions = {},
): Helper<T> {
  const child: ChildProcess = fork(fileURLToPath(moduleUrl), [], {
    execArgv,
    env: { ...process.env, NODE_ENV: "production", ...env },
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.on("message", (answer: Answer) => {
    const task = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("failure" in answer) task?.reject(new Error(answer.failure));
    else task?.resolve(answer.output as never);
  });
  child.once("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`a helper process ended with code ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    ask(name, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, name, input });
      });
    },
    async stop() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** The process's side: answers tasks until the parent goes, then closes and leaves. */
export function doTasks(tasks: Tasks, close: () => Promise<unknown> = async () => undefined): void {
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
  process.once("disconnect", () => void close().finally(() => process.exit(0)));
  process.on("message", async ({ id, name, input }: { id: number; name: string; input: unknown }) => {
    let answer: Answer;
    try {
      const task = tasks[name] as ((input: unknown) => unknown) | undefined;
      if (!task) throw new Error(`no such task: ${name}`);
      answer = { id, output: await task(input) };
    } catch (error) {
      answer = { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(answer);
  });
}
