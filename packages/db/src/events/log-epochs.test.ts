import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { migrateApart } from "../embedded/migrate-apart.ts";
import { placeCluster } from "../embedded/placement.ts";
import { type EmbeddedPostgres, startEmbedded } from "../embedded/start-embedded.ts";
import { inTenantSql } from "../in-tenant.ts";
import { listDeadJobs, retryDeadJob } from "../jobs/dead-letters.ts";
import { type JobQueue, startJobRunner } from "../jobs/job-runner.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import { appendEvent } from "../testing/append-event.ts";
import { startStallingProxy } from "../testing/stalling-proxy.ts";
import { startStandby } from "../testing/standby.ts";
import { makeTestFolder } from "../testing/test-folder.ts";
import type { EventConsumer } from "./event-consumer.ts";
import { startEventConsumers } from "./event-consumers.ts";
import { EventLog, readEventsAfter } from "./event-log.ts";
import { listParkedEvents, readConsumerStates, retryParkedEvent } from "./parked-events.ts";

/*
 * A process that follows the log and reacts to it, while the database under it becomes another one or goes back in time. Real
 * servers: a standby that streams, a copy of a data folder, rows carried to another cluster.
 */

const soon = { timeout: 20_000, interval: 50 };
const scope = mintTenantScope(randomUUID());
const folders: string[] = [];
const closers: (() => Promise<unknown>)[] = [];
let primary: EmbeddedPostgres & { dataDir: string };

function folder(name: string): string {
  const made = makeTestFolder(`creneau-${name}-`);
  folders.push(made);
  return made;
}

async function startCluster(dataDir: string, port?: number): Promise<typeof primary> {
  const server = await startEmbedded({ dataDir, isDurable: false, ...(port && { port }) });
  return Object.assign(server, { dataDir });
}

beforeAll(async () => {
  primary = await startCluster(folder("primary"));
  await migrateApart(primary);
  await asOwner(primary, "TRUNCATE event_consumer");
}, 60_000);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await primary?.stop();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

/** What reached somebody outside: it cannot be taken back when the database goes back in time. */
const effects: string[] = [];

const reaction: EventConsumer = {
  name: "test.consumer",
  types: ["test.happened", "test.happened_later"],
  react: ({ entityId, type, createdAt }) => [
    {
      name: "test.effect",
      data: { entityId },
      ...(type === "test.happened_later" && { startAfter: new Date(createdAt.getTime() + 2_000) }),
    },
  ],
};

/** A process with a reader of the log, and with a worker that can be stopped and started. */
async function startProcess(server: { url: string; adminUrl: string }) {
  const proxy = await startStallingProxy(server.adminUrl);
  closers.push(() => proxy.close());
  const database: Database = openDatabase({ url: proxy.through(server.url), poolSize: 4 });
  closers.push(() => database.close());
  const log = new EventLog(database);
  await log.start();
  closers.push(() => log.stop());
  const heard: string[] = [];
  const breaks: string[] = [];
  log.subscribe(scope.organizationId, ({ entityId }) => heard.push(entityId));
  log.onBreak(() => breaks.push(log.position.epoch));
  const worker = {
    consumers: null as { close(): Promise<void> } | null,
    async startConsuming() {
      const options = {
        database,
        consumers: [reaction],
        witness: () => log.witness,
        events: { onFailure: () => undefined, onError: () => undefined },
      };
      // A database that was away counts as away until it has been asked again.
      worker.consumers = await vi.waitFor(() => startEventConsumers(options), soon);
    },
    async stopConsuming() {
      await worker.consumers?.close();
      worker.consumers = null;
    },
  };
  await worker.startConsuming();
  closers.push(() => worker.stopConsuming());
  const queue: JobQueue = {
    name: "test.effect",
    isOnceOnly: true,
    run: async ({ data }) => void effects.push((data as { entityId: string }).entityId),
  };
  const runner = await startJobRunner({
    databaseUrl: proxy.through(server.url),
    queues: [queue],
    witness: () => log.witness,
    events: { onFailure: () => undefined, onError: () => undefined },
  });
  closers.push(() => runner.close());
  return { proxy, database, log, heard, breaks, worker };
}

type Process = Awaited<ReturnType<typeof startProcess>>;

/** Something happens, whoever is in charge; a connection that was just cut is replaced. */
async function happen({ database }: Process, type = "test.happened"): Promise<string> {
  const entityId = randomUUID();
  await vi.waitFor(
    () => inTenantSql(database, scope, (tx) => appendEvent(tx, { type, entityId, version: 1 })),
    soon,
  );
  return entityId;
}

/** It was heard, and had its effect once. */
async function isWorking(process: Process): Promise<void> {
  const entityId = await happen(process);
  await vi.waitFor(() => expect(process.heard).toContain(entityId), soon);
  await vi.waitFor(() => expect(effects).toContain(entityId), soon);
}

const idle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const timesOf = (entityId: string) => effects.filter((id) => id === entityId).length;

async function asOwner<Row>(
  server: { adminUrl: string },
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** Gives transaction ids out, as a year of bookings does. */
async function spendTransactions(server: { adminUrl: string }, count: number): Promise<void> {
  await asOwner(
    server,
    `DO $$ BEGIN FOR n IN 1..${count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`,
  );
}

/**
 * Leaves the server of a process as a backup or a replica may find it: one event that nobody has reacted to yet, one whose
 * job is not due. `copy` is taken then; afterwards both have their effect there, and much else happens.
 */
async function live(
  process: Process,
  copy: () => Promise<void>,
): Promise<{ unread: string; waiting: string }> {
  await isWorking(process);
  const waiting = await happen(process, "test.happened_later");
  await vi.waitFor(async () => {
    const { rows } = await process.database.pool.query(
      "SELECT FROM pgboss.job WHERE data ->> 'entityId' = $1",
      [waiting],
    );
    expect(rows).toHaveLength(1);
  }, soon);
  await process.worker.stopConsuming();
  const unread = await happen(process);
  await copy();
  await process.worker.startConsuming();
  for (let count = 0; count < 30; count++) await happen(process);
  await isWorking(process);
  await vi.waitFor(() => expect([timesOf(unread), timesOf(waiting)]).toEqual([1, 1]), soon);
  return { unread, waiting };
}

/** What everybody is promised once the database has gone back in time, or is another. */
async function expectRecovery(
  process: Process,
  before: { unread: string; waiting: string },
  cursor: Process["log"]["position"],
) {
  const { database, log, breaks } = process;
  await vi.waitFor(() => expect(breaks).toHaveLength(1), soon);
  expect(log.position.epoch).not.toBe(cursor.epoch);
  await isWorking(process);
  // A tab that slept meanwhile is told to read anew, also when the log has gone past where it was.
  expect(await readEventsAfter(database, scope.organizationId, cursor)).toBe("reload");
  await idle(1_000);
  expect([timesOf(before.unread), timesOf(before.waiting)]).toEqual([1, 1]);
  // Nothing is silent: what was left out waits for a person's word, and is done when it comes.
  const parked = await listParkedEvents(database, { scope });
  expect(parked).toMatchObject([
    { entityId: before.unread, retryAt: null, reason: expect.stringContaining("restored") },
  ]);
  const [dead, ...others] = await listDeadJobs(database, { scope });
  expect(dead).toMatchObject({
    data: { entityId: before.waiting },
    error: expect.stringContaining("restored"),
  });
  expect(others).toEqual([]);
  await retryParkedEvent(database, { scope, consumer: reaction.name, eventId: parked[0]?.eventId ?? 0 });
  await retryDeadJob(database, { scope, jobId: dead?.id ?? "" });
  await vi.waitFor(() => expect([timesOf(before.unread), timesOf(before.waiting)]).toEqual([2, 2]), soon);
  expect(await readConsumerStates(database)).toMatchObject([{ lagSeconds: 0, parked: 0, retrying: 0 }]);
  expect(breaks).toHaveLength(1);
}

test("a standby that lagged takes over: followers are told, nothing is repeated, and everybody goes on", {
  timeout: 60_000,
}, async () => {
  const standby = await startStandby(primary);
  closers.push(() => standby.stop());
  const process = await startProcess(primary);
  const before = await live(process, async () => {
    await standby.catchUp();
    await standby.lag();
  });
  const { position } = process.log;
  await standby.promote();
  // Twin: to whoever went on from the old position the new server has nothing to say, now and for long.
  const ahead = await asOwner<{ yes: boolean }>(
    standby,
    "SELECT $1::bigint >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS yes",
    [position.xid],
  );
  expect(ahead).toEqual([{ yes: true }]);
  process.proxy.leadTo(standby.adminUrl);
  await expectRecovery(process, before, position);
});

/** Carries the rows of one database to another one that is migrated, as a dump and its restore do. */
async function carryRows(from: { adminUrl: string }, to: { adminUrl: string }): Promise<() => Promise<void>> {
  const tables = await asOwner<{ name: string }>(
    from,
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE' AND table_name NOT IN ('_prisma_migrations', 'sql_functions', 'version')
       AND table_name !~ '^(job|warning|j[0-9a-f]{20,})$' OR (table_schema, table_name) = ('pgboss', 'job_common')`,
  );
  const dump = new Map<string, unknown>();
  for (const { name } of tables) {
    const [row] = await asOwner<{ rows: unknown }>(from, `SELECT json_agg(t) AS rows FROM ${name} t`);
    if (row?.rows) dump.set(name, row.rows);
  }
  const [sequence] = await asOwner<{ last: string }>(from, "SELECT max(id) AS last FROM event");
  return async () => {
    const client = new Client({ connectionString: to.adminUrl });
    await client.connect();
    await client.query("BEGIN; SET LOCAL session_replication_role = replica");
    for (const [name, rows] of dump) {
      await client.query(`DELETE FROM ${name}`);
      await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [
        JSON.stringify(rows),
      ]);
    }
    await client.query("SELECT setval('event_id_seq', $1)", [sequence?.last]);
    await client.query("COMMIT");
    await client.end();
  };
}

test("a dump is restored into another cluster: followers are told, nothing is repeated, no old event is told as new", {
  timeout: 60_000,
}, async () => {
  const elsewhereFolder = folder("elsewhere");
  // The same passwords, as whoever moves a database sets them.
  copyFileSync(join(primary.dataDir, "secrets.json"), join(elsewhereFolder, "secrets.json"));
  const elsewhere = await startCluster(elsewhereFolder);
  closers.push(() => elsewhere.stop());
  await migrateApart(elsewhere);
  await spendTransactions(primary, 3_000);
  const process = await startProcess(primary);
  let restore = async () => {};
  const before = await live(process, async () => {
    restore = await carryRows(primary, elsewhere);
  });
  const { position } = process.log;
  await restore();
  process.proxy.leadTo(elsewhere.adminUrl);
  await expectRecovery(process, before, position);
  // The new cluster's transaction ids come to where the old one's were: what came with the dump stays in the past.
  const { heard } = process;
  const known = heard.length;
  const done = effects.length;
  await spendTransactions(elsewhere, 4_000);
  await isWorking(process);
  expect([heard.length - known, effects.length - done]).toEqual([1, 1]);
});

test("a server that merely starts anew goes on with everything; one whose folder was put back in time does not", {
  timeout: 60_000,
}, async () => {
  const dataDir = folder("restarting");
  let server = await startCluster(dataDir);
  const { port } = server;
  await migrateApart(server);
  await asOwner(server, "TRUNCATE event_consumer");
  closers.push(() => server.stop());
  const process = await startProcess(server);
  const { database, log, breaks, worker, heard } = process;
  await isWorking(process);
  await worker.stopConsuming();
  const unread = await happen(process);
  await vi.waitFor(() => expect(heard).toContain(unread), soon);
  const { position } = log;

  await server.stop();
  server = await startCluster(dataDir, port);
  await worker.startConsuming();
  await vi.waitFor(() => expect(timesOf(unread)).toBe(1), soon);
  await isWorking(process);
  expect(breaks).toEqual([]);
  expect(log.position.epoch).not.toBe(position.epoch);
  const missed = await readEventsAfter(database, scope.organizationId, position);
  expect(Array.isArray(missed) && missed.length).toBe(1);
  expect(await listParkedEvents(database, { scope })).toEqual([]);

  // A process of the server is killed: it recovers by itself, and nothing is left out.
  const { epoch } = log.position;
  const victim = new Client({ connectionString: server.adminUrl });
  victim.on("error", () => undefined);
  await victim.connect();
  const { rows } = await victim.query("SELECT pg_backend_pid() AS pid");
  globalThis.process.kill(rows[0].pid, "SIGKILL");
  await vi.waitFor(() => expect(log.position.epoch).not.toBe(epoch), soon);
  await isWorking(process);
  expect(await listParkedEvents(database, { scope })).toEqual([]);
  // Whoever has seen what was not on the disk yet reads anew; nobody else.
  breaks.length = 0;

  const { cluster } = placeCluster({ dataDir });
  const before = await live(process, async () => {
    // As a snapshot of the disk: taken in an instant, and consistent.
    await asOwner(server, "CHECKPOINT");
    await server.stop();
    execFileSync("cp", ["-a", cluster, `${cluster}.saved`]);
    server = await startCluster(dataDir, port);
  });
  const lost = log.position;
  // What was seen counts once it is certain to have been on the disk.
  const { xid: newest } = log.position;
  await happen(process);
  await vi.waitFor(() => expect(log.witness?.xid).toBeGreaterThanOrEqual(newest), soon);
  await server.stop();
  execFileSync("rm", ["-rf", cluster]);
  execFileSync("mv", [`${cluster}.saved`, cluster]);
  server = await startCluster(dataDir, port);
  await expectRecovery(process, before, lost);
});
