import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePort } from "./test-server.ts";

const startScript = fileURLToPath(new URL("../src/start.ts", import.meta.url));

/** The product as `npm start` runs it, without pages, in a process of its own that can be killed. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  /** Sends a signal and waits for the end; resolves to the exit code, null when killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts it and waits until it is ready. Give `DATA_DIR` for an embedded database, `DATABASE_URL` for a given one. */
export async function startServerProcess(
  variables: Record<string, string>,
  { port, roles = "socket" }: { port?: number; roles?: string } = {},
): Promise<ServerProcess> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const child = spawn(process.execPath, [startScript, `--roles=${roles}`], {
    env: {
      ...process.env,
      PORT: String(chosen),
      APP_URL: url,
      LOG_LEVEL: "warn",
      DRAIN_SECONDS: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await waitUntilReady(url, child, () => printed);
  return {
    url,
    child,
    output: () => printed,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

async function waitUntilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const limit = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > limit) throw new Error(`The server is not ready:\n${output()}`);
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
