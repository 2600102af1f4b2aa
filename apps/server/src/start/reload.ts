import { type ChildProcess, fork } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { note, step, warn } from "./progress.ts";
import { StartError } from "./start-error.ts";
import { watchSources } from "./watch-sources.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A server in a process of its own, replaced whenever one of its sources changes. */
export interface Reloading {
  close(): Promise<void>;
}

interface ReloadOptions<Input extends object> {
  /** The module that serves, by `serveReloaded`. */
  moduleUrl: string;
  input: Input;
  /** The folders of its sources. */
  folders: string[];
}

type Order<Input> = { start: Input } | "stop";

/** An editor, or a checkout of another branch, writes several files at a time: milliseconds of silence after the last. */
const settleMs = 100;
/** How long a server that is replaced may take to end in order, milliseconds. */
const endMs = 5_000;

async function launch<Input extends object>({
  moduleUrl,
  input,
}: ReloadOptions<Input>): Promise<ChildProcess> {
  const child = fork(fileURLToPath(moduleUrl), [], { execArgv: [], serialization: "advanced" });
  await new Promise<void>((done, fail) => {
    child.once("message", () => done());
    child.once("error", fail);
    child.once("exit", () => fail(new StartError("the server does not start: see above")));
    const order: Order<Input> = { start: input };
    child.send(order);
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  const timer = setTimeout(() => child.kill("SIGKILL"), endMs);
  if (child.connected) child.send("stop" satisfies Order<never>);
  await ended;
  clearTimeout(timer);
}

/**
 * Starts a server in a process of its own and replaces it at each change of its sources. Resolves when the first one
 * serves, rejects when it does not; one that a later change breaks is reported, and waits for the next change.
 */
export async function startReloading<Input extends object>(
  options: ReloadOptions<Input>,
): Promise<Reloading> {
  let child: ChildProcess | undefined;
  let isClosed = false;
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function begin(): Promise<void> {
    const started = await launch(options);
    child = started;
    started.once("exit", () => {
      if (child === started) warn("the server ended; the next change starts it again");
    });
  }

  async function finish(): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending) await end(ending);
  }

  async function replace(changed: string): Promise<void> {
    if (isClosed) return;
    note(`${changed} changed`);
    await finish();
    await step("reloading the server", async () => {
      await begin();
      return "server reloaded";
    }).catch((error: Error) => warn(`${error.message}; the next change tries again`));
  }

  function onChange(path: string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(() => replace(relative(root, path)));
    }, settleMs);
  }

  await begin();
  const stopWatching = await watchSources(options.folders, onChange);
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await stopWatching();
      await work;
      await finish();
    },
  };
}

/** The side of the process that serves: starts with what it is told, and closes when it is asked to. */
export function serveReloaded<Input extends object>(
  start: (input: Input) => Promise<{ close(): Promise<void> }>,
): void {
  // Ctrl-C in a terminal reaches this process too; it is the parent that decides.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});
  process.once("disconnect", () => process.exit(1));
  let starting: Promise<{ close(): Promise<void> }> | undefined;
  process.on("message", async (order: Order<Input>) => {
    if (order === "stop") {
      await (await starting)?.close();
      process.exit();
    }
    starting = start(order.start);
    await starting;
    process.send?.("ready");
  });
}
