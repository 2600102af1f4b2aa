import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EmbeddedError } from "@creneau/db/embedded/embedded-error";
import { checkUnlocked } from "@creneau/db/embedded/folder-lock";
import { migrateApart } from "@creneau/db/embedded/migrate-apart";
import { readOrCreateSecrets } from "@creneau/db/embedded/secrets";
import { generateClient } from "@creneau/db/generate-client";
import { isMigrated } from "@creneau/db/is-migrated";
import { completeEnv, EnvError, isLoopback, publishEnv, readEnv, type StartEnv } from "./env.ts";
import { announcement } from "./start/announce.ts";
import { buildWebIfStale } from "./start/build-web.ts";
import { checkPort } from "./start/check-port.ts";
import { demoWords, findOpenDemoAccounts, openAccountsWords } from "./start/demo-mode.ts";
import { type OpenDatabase, openDatabase } from "./start/open-database.ts";
import { fail, note, step, warn } from "./start/progress.ts";
import { seedWhenEmpty } from "./start/seed-apart.ts";
import { StartError } from "./start/start-error.ts";
import { timeZoneRelease } from "./time-zone-data.ts";

interface Running {
  server?: { close(options: { noticeMs: number }): Promise<void> };
  /** How long a manager of processes gives whoever balances traffic to notice, milliseconds. */
  noticeMs?: number;
  database?: OpenDatabase;
}

const running: Running = {};
const interrupted = new AbortController();
let stopping: Promise<void> | undefined;
let stopAskedAt = 0;

/** How long a stop may take, in milliseconds: requests in flight have 10 s, then running jobs 20 s. */
const drainLimit = 35_000;

/** Stops in the order that loses nothing: no new requests, those in flight to their end, then the database. */
async function stopEverything({ noticeMs }: { noticeMs: number }): Promise<void> {
  const { server } = running;
  if (server) {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((done) => {
      timer = setTimeout(done, noticeMs + drainLimit);
    });
    await Promise.race([server.close({ noticeMs }), limit]).catch((error) => warn(String(error)));
    clearTimeout(timer);
  }
  await running.database?.close();
}

function onSignal(name: NodeJS.Signals): void {
  if (stopping) {
    // Ctrl-C arrives twice: from the terminal, and passed on by npm. Only a person's second one forces.
    if (performance.now() - stopAskedAt < 1_000) return;
    warn("stopping at once");
    process.exit(1); // the database is still asked to stop in order, as the process leaves
  }
  stopAskedAt = performance.now();
  // A person at the terminal has no balancer to wait for.
  const noticeMs = name === "SIGTERM" && running.server ? (running.noticeMs ?? 0) : 0;
  note(noticeMs > 0 ? `stopping: the port closes in ${noticeMs / 1000} s` : "stopping");
  interrupted.abort();
  stopping = starting
    .then(() => stopEverything({ noticeMs }))
    .then(
      () => process.exit(0),
      (error) => {
        fail(String(error));
        process.exit(1);
      },
    );
}

function parseFlags(): { dev: boolean; roles: string[] } {
  try {
    const { values } = parseArgs({
      options: {
        dev: { type: "boolean", default: false },
        roles: { type: "string", multiple: true, default: [] },
      },
    });
    return values;
  } catch (error) {
    throw new EnvError(error instanceof Error ? error.message : String(error));
  }
}

async function allOrFirstFailure<T, U>(work: [Promise<T>, U]): Promise<[T, Awaited<U>]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}

async function prepareDatabase(env: StartEnv, { dev }: { dev: boolean }): Promise<OpenDatabase> {
  let database: OpenDatabase | undefined;
  await step("starting the database", async () => {
    database = await openDatabase(env, note);
    running.database = database;
    return database.description;
  });
  if (!database) throw new Error("no database was opened");
  const { adminUrl } = database;
  interrupted.signal.throwIfAborted();
  await step("applying migrations", async () => {
    // An embedded database is served by one process: there is no other version to mind.
    const keepsNewer = Boolean(env.DATABASE_URL) && !dev;
    if (await isMigrated(adminUrl, { keepsNewer })) return "";
    const { applied, hasNewFunctions } = await migrateApart({ adminUrl, keepsNewer });
    if (applied.length === 0) return hasNewFunctions ? "functions of this version applied" : "";
    return `${applied.length} migration${applied.length > 1 ? "s" : ""} applied`;
  });
  return database;
}

async function start(): Promise<void> {
  const { dev, roles } = parseFlags();
  const given = readEnv({ roles });
  if (!given.DATABASE_URL) checkUnlocked(given.DATA_DIR);
  await checkPort({ port: given.PORT, host: given.HOST });
  await step("generating the database client", async () =>
    generateClient() ? "database client generated" : "",
  );

  const needsBuild = !dev && given.roles.has("web");
  const buildLimit = new AbortController();
  const build = needsBuild
    ? step("building the web app", async () =>
        (await buildWebIfStale({ signal: AbortSignal.any([interrupted.signal, buildLimit.signal]) }))
          ? "web app built"
          : "",
      )
    : undefined;
  const preparation = prepareDatabase(given, { dev }).catch((error) => {
    buildLimit.abort();
    throw error;
  });
  // Both are waited for, also when one fails: a database that is still starting could not be stopped.
  const [database] = await allOrFirstFailure([preparation, build]);
  interrupted.signal.throwIfAborted();
  const { warning, note: remark } = demoWords(given);
  if (warning) warn(warning);
  if (remark) note(remark);
  if (!given.DEMO && !isLoopback(given.APP_URL)) {
    const open = await findOpenDemoAccounts(database.adminUrl);
    if (open.length > 0) warn(openAccountsWords(open));
  }
  if (given.DEMO) {
    await step("writing demo data", async () => ((await seedWhenEmpty(database)) ? "demo data written" : ""));
  }

  const isSelfKept = !given.AUTH_SECRET || !given.ENCRYPTION_KEYS;
  const env = completeEnv(given, isSelfKept ? readOrCreateSecrets(given.DATA_DIR) : undefined);
  if (isSelfKept && given.DATABASE_URL) {
    warn(
      `AUTH_SECRET and ENCRYPTION_KEYS are kept in ${given.DATA_DIR}: set them before a second server joins`,
    );
  }
  if (!env.RATE_LIMITS) warn("RATE_LIMITS is off: for benchmarks only");
  publishEnv(env, { databaseUrl: database.url, dev });
  running.noticeMs = dev ? 0 : env.DRAIN_SECONDS * 1000;

  interrupted.signal.throwIfAborted();
  note(
    `time zones as of ${timeZoneRelease()} (Node ${process.versions.node}); npm run doctor says how to renew them`,
  );
  await step("starting the server", async () => {
    const options = { env, databaseUrl: database.url };
    running.server = dev
      ? await (await import("./start/serve-apart.ts")).startServerReloading(options)
      : await (await import("./main.ts")).startServer({ ...options, dev });
    return `server ready, ${(performance.now() / 1000).toFixed(1)} s after the start`;
  });
  console.log(announcement({ env, url: env.APP_URL }));
}

/** Whether whoever started this process had it ignore a closing terminal, as `nohup` does: bit 0 of the mask is SIGHUP. */
function ignoresHangup(): boolean {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return false;
  }
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);
if (!ignoresHangup()) process.on("SIGHUP", onSignal);

const starting = start().catch(async (error) => {
  if (interrupted.signal.aborted) return;
  const isMendable =
    error instanceof EnvError || error instanceof StartError || error instanceof EmbeddedError;
  fail(isMendable ? error.message : String(error instanceof Error ? error.stack : error));
  await stopEverything({ noticeMs: 0 }).catch(() => {});
  process.exit(isMendable ? 2 : 1);
});
