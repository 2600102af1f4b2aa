import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { inTenant, inTenantSql } from "../in-tenant.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { enqueue } from "./enqueue.ts";
import { commonJobSettings, queuePolicy } from "./job-settings.ts";

let testDatabase: TestDatabase;
let database: Database;
let owner: Client;
const scope = mintTenantScope(randomUUID());
const otherScope = mintTenantScope(randomUUID());

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  owner = new Client({ connectionString: testDatabase.adminUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await testDatabase.drop();
});

interface JobRow {
  id: string;
  data: Record<string, unknown>;
  start_after: Date;
  singleton_key: string;
}

async function queued(name: string): Promise<JobRow[]> {
  const { rows } = await owner.query<JobRow>(
    "SELECT * FROM pgboss.job WHERE name = $1 ORDER BY created_on, id",
    [name],
  );
  return rows;
}

class Abandon extends Error {}

test("a job exists when its transaction commits", async () => {
  await inTenantSql(database, scope, (tx) => enqueue(tx, { name: "test.commit", data: { answer: 42 } }));
  expect((await queued("test.commit")).map(({ data }) => data)).toEqual([
    { answer: 42, organizationId: scope.organizationId },
  ]);
});

test("a job is gone with a transaction that rolls back, through Prisma as in plain SQL", async () => {
  for (const open of [inTenant, inTenantSql]) {
    const attempt = open(database, scope, async (tx) => {
      await enqueue(tx, { name: "test.rollback", data: {} });
      throw new Abandon();
    });
    await expect(attempt).rejects.toBeInstanceOf(Abandon);
  }
  expect(await queued("test.rollback")).toEqual([]);
});

test("the application's role cannot queue a job for another organization, nor for none", async () => {
  for (const data of [{ organizationId: otherScope.organizationId }, {}]) {
    const attempt = inTenantSql(database, scope, (tx) =>
      tx.query("SELECT enqueue_job('test.foreign', $1::jsonb)", [JSON.stringify(data)]),
    );
    await expect(attempt).rejects.toMatchObject({ code: "42501" });
  }
  expect(await queued("test.foreign")).toEqual([]);
  // Without a scope there is no organization to speak for.
  const unscoped = database.pool.query("SELECT enqueue_job('test.foreign', $1::jsonb)", [
    JSON.stringify({ organizationId: scope.organizationId }),
  ]);
  await expect(unscoped).rejects.toMatchObject({ code: "42501" });
});

test("a job without an organization belongs to the system", async () => {
  await database.pool.query("SELECT enqueue_job('test.system', '{}')");
  expect((await queued("test.system")).map(({ data }) => data)).toEqual([{}]);
});

test("a queue born with its first job has the common settings, and the job a copy of them", async () => {
  await inTenantSql(database, scope, (tx) => enqueue(tx, { name: "test.settings", data: {} }));
  const settings = `retry_limit AS "retryLimit", retry_delay AS "retryDelay", retry_backoff AS "retryBackoff",
    retry_delay_max AS "retryDelayMax", expire_seconds AS "expireInSeconds", heartbeat_seconds AS "heartbeatSeconds",
    deletion_seconds AS "deleteAfterSeconds", policy`;
  const { retentionSeconds, ...common } = commonJobSettings;
  const job = await owner.query(
    `SELECT ${settings}, extract(epoch FROM keep_until - start_after)::integer AS retention FROM pgboss.job WHERE name = 'test.settings'`,
  );
  expect(job.rows).toEqual([{ ...common, policy: queuePolicy, retention: retentionSeconds }]);
  const queue = await owner.query(
    `SELECT ${settings}, retention_seconds AS retention FROM pgboss.queue WHERE name = 'test.settings'`,
  );
  expect(queue.rows).toEqual(job.rows);
});

test("while a job of a name and key waits, the next one replaces its data and instant", async () => {
  const job = { name: "test.dedupe", dedupeKey: "agenda" };
  const later = new Date("2030-01-01T00:00:00Z");
  await inTenantSql(database, scope, async (tx) => {
    await enqueue(tx, { ...job, data: { version: 1 }, startAfter: later });
    await enqueue(tx, { ...job, data: { version: 2 }, startAfter: new Date("2031-01-01T00:00:00Z") });
  });
  const rows = await queued(job.name);
  expect(rows.map(({ data, start_after }) => [data.version, start_after.getUTCFullYear()])).toEqual([
    [2, 2031],
  ]);
});

test("jobs without a key, with another key or of another organization are all kept", async () => {
  const name = "test.distinct";
  await inTenantSql(database, scope, async (tx) => {
    await enqueue(tx, { name, data: {} });
    await enqueue(tx, { name, data: {} });
    await enqueue(tx, { name, data: {}, dedupeKey: "a" });
    await enqueue(tx, { name, data: {}, dedupeKey: "b" });
  });
  await inTenantSql(database, otherScope, (tx) => enqueue(tx, { name, data: {}, dedupeKey: "a" }));
  expect(await queued(name)).toHaveLength(5);
});

test("a waiting job that an open transaction has renewed cannot be fetched before that commits", async () => {
  const job = { name: "test.lock", data: {}, dedupeKey: "agenda" };
  await inTenantSql(database, scope, (tx) => enqueue(tx, job));
  const fetchable = () =>
    owner.query("SELECT id FROM pgboss.job WHERE name = 'test.lock' FOR UPDATE SKIP LOCKED");
  await inTenantSql(database, scope, async (tx) => {
    await enqueue(tx, job);
    expect((await fetchable()).rowCount).toBe(0);
  });
  expect((await fetchable()).rowCount).toBe(1);
});

test("the application's role can work jobs but not change the queue's shape", async () => {
  const denied = [
    "CREATE TABLE pgboss.x (id int)",
    "DROP TABLE pgboss.job",
    "TRUNCATE pgboss.job",
    "DELETE FROM pgboss.queue",
  ];
  for (const statement of denied) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});
