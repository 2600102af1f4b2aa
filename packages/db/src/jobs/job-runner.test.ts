import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { inTenantSql } from "../in-tenant.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { countJobs, listDeadJobs, retryDeadJob } from "./dead-letters.ts";
import { enqueue } from "./enqueue.ts";
import {
  HopelessJobError,
  type JobQueue,
  type JobRun,
  type JobRunnerEvents,
  startJobRunner,
} from "./job-runner.ts";
import { commonJobSettings, monitorSettings } from "./job-settings.ts";

let testDatabase: TestDatabase;
let database: Database;
let owner: Client;
const scope = mintTenantScope(randomUUID());
const otherScope = mintTenantScope(randomUUID());
const runners: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  owner = new Client({ connectionString: testDatabase.adminUrl });
  await owner.connect();
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.close()));
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await testDatabase.drop();
});

const fastMonitor = { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 };

async function work(queues: JobQueue[], events: Partial<JobRunnerEvents> = {}) {
  const runner = await startJobRunner({
    databaseUrl: testDatabase.url,
    queues,
    monitor: fastMonitor,
    events: {
      onFailure: () => undefined,
      onError: (error) => {
        throw error;
      },
      ...events,
    },
  });
  runners.push(runner);
  return runner;
}

function queueJob(name: string, data: Record<string, unknown> = {}): Promise<void> {
  return inTenantSql(database, scope, (tx) => enqueue(tx, { name, data }));
}

async function states(name: string): Promise<string[]> {
  const { rows } = await owner.query<{ state: string }>("SELECT state FROM pgboss.job WHERE name = $1", [
    name,
  ]);
  return rows.map(({ state }) => state);
}

const soon = { timeout: 10_000, interval: 50 };

test("a job queued in a transaction is run once, within a second or so of its commit", async () => {
  const seen: JobRun[] = [];
  const queue: JobQueue = { name: "run.once", run: async (job) => void seen.push(job) };
  await Promise.all([work([queue]), work([queue])]);
  const started = performance.now();
  await queueJob("run.once", { answer: 42 });
  await vi.waitFor(async () => expect(await states("run.once")).toEqual(["completed"]), soon);
  expect(performance.now() - started).toBeLessThan(2500);
  expect(seen.map(({ data, attempt, isLastAttempt }) => ({ data, attempt, isLastAttempt }))).toEqual([
    { data: { answer: 42, organizationId: scope.organizationId }, attempt: 1, isLastAttempt: false },
  ]);
});

test("a job is not run before its instant", async () => {
  const run = vi.fn(async () => undefined);
  await work([{ name: "run.later", run }]);
  const startAfter = new Date(Date.now() + 2000);
  await inTenantSql(database, scope, (tx) => enqueue(tx, { name: "run.later", data: {}, startAfter }));
  await wait(1500);
  expect(run).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(run).toHaveBeenCalledOnce(), soon);
});

test("a failing job is retried with growing delays, then dead, listed and retried by hand", async () => {
  const runs: number[] = [];
  const failures: boolean[] = [];
  let isMended = false;
  const name = "run.failing";
  await work(
    [
      {
        name,
        settings: { retryLimit: 2, retryDelay: 1, retryDelayMax: 60 },
        async run() {
          runs.push(performance.now());
          if (!isMended) throw new Error("Still broken");
        },
      },
    ],
    { onFailure: ({ isLastAttempt }) => void failures.push(isLastAttempt) },
  );
  const deadBefore = (await countJobs(database)).dead;
  await queueJob(name, { thing: "id" });
  await vi.waitFor(async () => expect(await states(name)).toEqual(["failed"]), {
    timeout: 15_000,
    interval: 100,
  });
  expect(failures).toEqual([false, false, true]);
  const [first = 0, second = 0, third = 0] = runs;
  // 1–2 s, then 2–4 s, each up to one poll late.
  expect(second - first).toBeGreaterThan(900);
  expect(third - second).toBeGreaterThan(1900);

  expect((await countJobs(database)).dead).toBe(deadBefore + 1);
  expect(await listDeadJobs(database, { scope: otherScope })).toEqual([]);
  const [dead] = await listDeadJobs(database, { scope });
  expect(dead).toMatchObject({ name, attempts: 3, error: "Still broken", data: { thing: "id" } });
  const jobId = dead?.id ?? "";
  expect(await retryDeadJob(database, { scope: otherScope, jobId })).toBe(false);
  isMended = true;
  expect(await retryDeadJob(database, { scope, jobId })).toBe(true);
  await vi.waitFor(async () => expect(await states(name)).toEqual(["completed"]), soon);
  expect(await listDeadJobs(database, { scope })).toEqual([]);
});

test("a job that no retry can help is dead at once", async () => {
  const name = "run.hopeless";
  const run = vi.fn(async () => {
    throw new HopelessJobError("Invalid job data");
  });
  await work([{ name, run }]);
  await queueJob(name);
  await vi.waitFor(async () => expect(await states(name)).toEqual(["failed"]), soon);
  expect(run).toHaveBeenCalledOnce();
});

test("one failing job of a batch leaves the others alone", async () => {
  const name = "run.batch";
  await Promise.all([1, 2, 3].map((number) => queueJob(name, { number })));
  await work([
    {
      name,
      async run({ data }) {
        if ((data as { number: number }).number === 2) throw new HopelessJobError("no");
      },
    },
  ]);
  await vi.waitFor(
    async () => expect((await states(name)).sort()).toEqual(["completed", "completed", "failed"]),
    soon,
  );
});

test("closing waits for the running job", async () => {
  const name = "run.drain";
  let isRunning = false;
  const runner = await work([
    {
      name,
      async run() {
        isRunning = true;
        await wait(1500);
      },
    },
  ]);
  await queueJob(name);
  await vi.waitFor(() => expect(isRunning).toBe(true), soon);
  await runner.close();
  expect(await states(name)).toEqual(["completed"]);
});

test("a killed worker's job is freed and finished by another", { timeout: 60_000 }, async () => {
  const name = "run.killed";
  const heartbeatSeconds = 10;
  const fixture = fileURLToPath(new URL("killed-worker.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [fixture, testDatabase.url, name, String(heartbeatSeconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // The job copies its queue's settings, so the queue must have this test's first.
  const heartbeatOf = "SELECT heartbeat_seconds FROM pgboss.queue WHERE name = $1";
  await vi.waitFor(async () => {
    expect((await owner.query(heartbeatOf, [name])).rows).toEqual([{ heartbeat_seconds: heartbeatSeconds }]);
  }, soon);
  await queueJob(name);
  await once(child.stdout, "data");
  expect(await states(name)).toEqual(["active"]);
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  const killedAt = performance.now();

  const attempts: number[] = [];
  const settings = { heartbeatSeconds, retryDelay: 1 };
  await work([{ name, settings, run: async ({ attempt }) => void attempts.push(attempt) }]);
  await wait(2000);
  expect(attempts).toEqual([]); // still the dead worker's: the twin of what follows
  await vi.waitFor(() => expect(attempts).toEqual([2]), { timeout: 30_000, interval: 100 });
  expect(performance.now() - killedAt).toBeLessThan((heartbeatSeconds + 8) * 1000);
});

test("in production a killed worker's job runs again within a minute", () => {
  const { superviseIntervalSeconds, monitorIntervalSeconds } = monitorSettings;
  const { heartbeatSeconds, retryDelay } = commonJobSettings;
  // The first retry waits up to twice its delay.
  expect(heartbeatSeconds + superviseIntervalSeconds + monitorIntervalSeconds + 2 * retryDelay).toBeLessThan(
    60,
  );
});

test("a schedule is fired once though several workers run", async () => {
  const run = vi.fn(async () => undefined);
  const queue: JobQueue = { name: "run.scheduled", cron: "* * * * *", run };
  await (await work([queue])).close();
  const { rows } = await owner.query("SELECT name, cron, timezone FROM pgboss.schedule");
  expect(rows).toEqual([{ name: "run.scheduled", cron: "* * * * *", timezone: "UTC" }]);
  // As if no worker had looked at the clock yet: this minute's occurrence is due, and all three see it.
  await owner.query("UPDATE pgboss.version SET cron_on = NULL");
  await Promise.all([work([queue]), work([queue]), work([queue])]);
  await vi.waitFor(() => expect(run).toHaveBeenCalled(), { timeout: 20_000, interval: 100 });
  await wait(1500);
  const fired = await owner.query(
    "SELECT DISTINCT singleton_on FROM pgboss.job WHERE name = 'run.scheduled'",
  );
  expect(run).toHaveBeenCalledTimes(fired.rowCount ?? 0);
});

test("a schedule that no queue has any more is taken down", async () => {
  await work([{ name: "run.plain", run: async () => undefined }]);
  expect((await owner.query("SELECT name FROM pgboss.schedule")).rows).toEqual([]);
});
