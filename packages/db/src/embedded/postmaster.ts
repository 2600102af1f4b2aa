import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { program } from "./binaries.ts";
import { explainOutput, programEnvironment } from "./cluster-files.ts";
import { EmbeddedError } from "./embedded-error.ts";
import { socketFolder } from "./local-socket.ts";
import type { Placement } from "./placement.ts";
import { clusterName, clusterProcesses, isAlive, servesCluster } from "./process-identity.ts";

/** A running PostgreSQL server: our child, or one that an earlier process of ours left behind. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Resolves once the process is gone, for whatever reason. */
  exited: Promise<void>;
}

interface LaunchOptions {
  placement: Placement;
  port?: number;
  isDurable: boolean;
  onProgress?: (text: string) => void;
  /** More settings than the usual ones. */
  settings?: Record<string, string>;
}

/**
 * Shares of the machine's memory, or of the container's: a network of thousands of sites has gigabytes of indexes. Test
 * databases stay small: each is dropped by looking through all of the cache.
 */
function memorySettings({ isDurable }: { isDurable: boolean }): Record<string, string> {
  const megabytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20;
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, megabytes * part)))}MB`;
  return isDurable
    ? { shared_buffers: share(1 / 8, 128, 8_192), effective_cache_size: share(1 / 2, 512, 65_536) }
    : { shared_buffers: "256MB", effective_cache_size: "1GB" };
}

function settings({
  placement,
  port,
  isDurable,
  settings: more,
}: LaunchOptions & { port: number }): string[] {
  const values = {
    cluster_name: clusterName(placement.cluster),
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: socketFolder(placement.cluster),
    unix_socket_permissions: "0700",
    max_connections: 100,
    ...memorySettings({ isDurable }),
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    random_page_cost: 1.1,
    jit: "off", // short statements only: compiling them costs more than it saves
    wal_compression: "off", // pglz, the one at hand, costs bookings a tenth to a third of their rate after a checkpoint
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    fsync: isDurable ? "on" : "off",
    synchronous_commit: isDurable ? "on" : "off",
    full_page_writes: isDurable ? "on" : "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    password_encryption: "scram-sha-256",
    ...more,
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Asks the system for a port nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no TCP port was given");
  return address.port;
}

/** What a server wrote about itself in its data folder; it may be long dead. */
export function readPidFile(cluster: string): { pid: number; port: number; isReady: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port, isReady: lines[7]?.trim() === "ready" } : undefined;
}

/** The server that still runs on a cluster although whoever started it is gone. */
export function findOrphan(cluster: string): Postmaster | undefined {
  const file = readPidFile(cluster);
  if (!file || !isAlive(file.pid) || !servesCluster(file.pid, cluster)) return undefined;
  return { pid: file.pid, port: file.port, exited: watch(file.pid) };
}

async function watch(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(200, undefined, { ref: false });
}

/** Signals a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone
  }
}

/**
 * Stops a server in order: open transactions are rolled back, everything acknowledged is written. Only a server that
 * does not manage this in 30 s is stopped hard (it recovers at the next start); nothing acknowledged is lost then either.
 */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  for (const [name, patience] of [
    ["SIGINT", 30_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    signal(postmaster.pid, name);
    const limit = new AbortController();
    const isGone = await Promise.race([
      postmaster.exited.then(() => true),
      sleep(patience, false, { signal: limit.signal }),
    ]);
    limit.abort();
    if (isGone) return;
  }
}

/** Makes sure that nothing of a dead server is left which would keep, or mislead, the next one. */
async function clearRemains(cluster: string): Promise<void> {
  // A server's processes end by themselves when their parent was killed, except those busy with a long statement.
  for (let waited = 0; waited < 20_000; waited += 100) {
    const remains = clusterProcesses(cluster);
    if (remains.length === 0) break;
    if (waited === 5_000) for (const pid of remains) signal(pid, "SIGQUIT");
    if (waited === 10_000) for (const pid of remains) signal(pid, "SIGKILL");
    await sleep(100);
  }
  const file = readPidFile(cluster);
  // PostgreSQL would take any process that got the dead server's pid, after a reboot say, for that server.
  if (file && isAlive(file.pid) && !servesCluster(file.pid, cluster)) rmSync(join(cluster, "postmaster.pid"));
}

function openLog(path: string): { file: number; start: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10_000_000) truncateSync(path);
  return { file: openSync(path, "a", 0o600), start: size > 10_000_000 ? 0 : size };
}

async function launchOnce(options: LaunchOptions & { port: number }): Promise<Postmaster> {
  const { placement, onProgress, port } = options;
  const logPath = join(placement.dataDir, "postgres.log");
  const log = openLog(logPath);
  // In a session of its own: Ctrl-C in a terminal reaches every process of the foreground group, and the database
  // must stay until the server has drained. A file takes its messages, because a pipe would break with this process.
  const child = spawn(
    program(placement.binaries, "postgres"),
    ["-D", placement.cluster, ...settings(options)],
    {
      ...placement.user,
      cwd: "/",
      env: programEnvironment,
      detached: true,
      stdio: ["ignore", log.file, log.file],
    },
  );
  closeSync(log.file);
  let failure: Error | undefined;
  let hasExited = false;
  const exited = new Promise<void>((done) => {
    child.once("error", (error) => {
      failure = error;
      hasExited = true;
      done();
    });
    child.once("exit", () => {
      hasExited = true;
      done();
    });
  });
  const startedAt = Date.now();
  let nextNotice = 5_000;
  while (!hasExited) {
    const file = readPidFile(placement.cluster);
    if (child.pid !== undefined && file?.pid === child.pid && file.isReady)
      return { pid: child.pid, port, exited };
    const elapsed = Date.now() - startedAt;
    if (elapsed > nextNotice) {
      onProgress?.(`database recovers, ${Math.round(elapsed / 1000)} s so far`);
      nextNotice *= 2;
    }
    await sleep(10);
  }
  if (failure)
    throw new EmbeddedError("start_failed", `PostgreSQL cannot be run: ${failure.message}`, {
      cause: failure,
    });
  throw explainOutput(readFileSync(logPath).subarray(log.start).toString("utf8"), placement.cluster);
}

/**
 * Starts a server on an existing cluster and waits until it accepts connections, crash recovery included.
 * Without a port it finds a free one. Throws EmbeddedError.
 */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    await clearRemains(options.placement.cluster);
    try {
      return await launchOnce({ ...options, port: options.port ?? (await findFreePort()) });
    } catch (error) {
      const message = error instanceof EmbeddedError ? error.message : "";
      // Somebody took the free port in between, or a killed server's shared memory is not released yet.
      const isPassing =
        /could not create any TCP|Address already in use|shared memory block|postmaster.pid/.test(message);
      if (!isPassing || attempt >= 20) throw error;
      await sleep(200);
    }
  }
}
