import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { inTenantSql } from "./in-tenant.ts";
import { createOrganization, type TestOrganization } from "./testing/factories.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;
let database: Database;
let organization: TestOrganization;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSize: 2 });
  organization = await createOrganization(database);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Ends a connection as a database that is restarted does. */
async function cut(pid: number): Promise<void> {
  const admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
  await admin.query("SELECT pg_terminate_backend($1)", [pid]);
  await admin.end();
}

it("a connection that is cut between two statements of a transaction fails that transaction and nothing else", async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  // Before the runner's own listener, which would fail the run without naming this test.
  process.prependListener("uncaughtException", hear);
  const work = inTenantSql(database, organization.scope, async (tx) => {
    const [row] = await tx.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await cut(row?.pid ?? 0);
    await sleep(100);
    return tx.query("SELECT 1");
  });
  await expect(work).rejects.toThrow();
  await sleep(50);
  process.off("uncaughtException", hear);
  expect(unheard).toEqual([]);
  const { rows } = await database.pool.query("SELECT 1 AS one");
  expect(rows).toEqual([{ one: 1 }]);
});
