import { readFileSync } from "node:fs";
import type { RunningServer } from "../src/main.ts";
import { freePort } from "./free-port.ts";
import { doTasks, type Helper, startHelper } from "./helper.ts";

/** The real server in a process of its own. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Signs a person in through `/api/auth`; answers the cookies. */
  signIn(email: string, password: string): Promise<string>;
  /** Bytes of the process, after a collection of garbage. */
  memory(): Promise<{ rss: number; heapUsed: number }>;
  /** Seconds of processor time used so far. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  roles?: string;
  /** Write a processor profile into this folder when it stops. */
  profileFolder?: string;
}

interface StartInput {
  variables: Record<string, string>;
  roles: string;
  databaseUrl: string;
}

type ServerTasks = {
  start(input: StartInput): Promise<string>;
  memory(input: null): { rss: number; heapUsed: number };
  cpuSeconds(input: null): number;
};

async function signIn(url: string, email: string, password: string): Promise<string> {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url + path, {
      redirect: "manual",
      ...init,
      headers: { ...init.headers, cookie, origin: url },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split("; ");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  const { csrfToken } = (await (await send("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await send("/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
  });
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status}`);
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** Starts the server and resolves once it is ready. */
export async function startServerProcess(
  { url: databaseUrl }: { url: string },
  { roles = "socket", profileFolder }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const variables = {
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "a secret for benchmarks only, long enough",
    ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 7).toString("base64")}`,
    LOG_LEVEL: "error",
    RATE_LIMITS: "off",
    // Visitors say which address they come from (`HttpCall.from`).
    TRUST_PROXY: "true",
  };
  const profile = profileFolder ? ["--cpu-prof", `--cpu-prof-dir=${profileFolder}`] : [];
  const helper: Helper<ServerTasks> = startHelper(import.meta.url, { execArgv: ["--expose-gc", ...profile] });
  let url: string;
  try {
    url = await helper.ask("start", { variables, roles, databaseUrl });
  } catch (error) {
    await helper.stop();
    throw error;
  }
  return {
    url,
    pid: helper.pid,
    signIn: (email, password) => signIn(url, email, password),
    memory: () => helper.ask("memory", null),
    cpuSeconds: () => helper.ask("cpuSeconds", null),
    stop: () => helper.stop(),
  };
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) * 1024;
}

if (import.meta.main && process.send) {
  let server: RunningServer | undefined;
  const tasks: ServerTasks = {
    async start({ variables, roles, databaseUrl }) {
      const { completeEnv, publishEnv, readEnv } = await import("../src/env.ts");
      const { startServer } = await import("../src/main.ts");
      const env = completeEnv(readEnv({ variables, roles: [roles] }));
      publishEnv(env, { databaseUrl, dev: false });
      // Ten thousand sockets of one person from one address are what is measured here.
      const limits = { perUser: 1_000_000, perAddress: 1_000_000 };
      server = await startServer({ env, databaseUrl, dev: false, limits });
      return env.APP_URL;
    },
    memory() {
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      return { rss, heapUsed };
    },
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
  };
  doTasks(tasks, async () => server?.close());
}
