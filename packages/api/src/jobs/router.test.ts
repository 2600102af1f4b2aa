import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue } from "@creneau/db/jobs/enqueue";
import { mintTenantScope } from "@creneau/db/tenant-scope";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testContext, testSession } from "../context.fixture.ts";
import type { Role } from "../identity/session.ts";
import { createCallerFactory } from "../trpc.ts";
import { jobsRouter } from "./router.ts";

let testDatabase: TestDatabase;
let database: Database;
const organizationId = randomUUID();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  await inTenantSql(database, mintTenantScope(organizationId), (tx) =>
    enqueue(tx, { name: "test.dead", data: { thing: "id" } }),
  );
  await database.pool.query(
    `UPDATE pgboss.job SET state = 'failed', completed_on = now(), retry_count = retry_limit, output = '{"message": "Broken"}'`,
  );
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

function callerAs(role: Role, organization = organizationId) {
  const session = testSession({ organizationId: organization, role });
  return createCallerFactory(jobsRouter)(testContext(database, { session }));
}

test("only owners and admins see and retry dead jobs", async () => {
  for (const role of ["manager", "provider", "operator", "viewer"] as const) {
    await expect(callerAs(role).dead()).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(callerAs(role).retry({ id: randomUUID() })).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});

test("another organization's dead jobs are not seen and do not exist", async () => {
  const foreign = callerAs("owner", randomUUID());
  expect(await foreign.dead()).toEqual({ jobs: [] });
  const { jobs } = await callerAs("admin").dead();
  await expect(foreign.retry({ id: jobs[0]?.id ?? "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a dead job is listed with its ids and error, and waits again once retried", async () => {
  const caller = callerAs("admin");
  const { jobs } = await caller.dead();
  expect(jobs).toMatchObject([
    { name: "test.dead", attempts: 11, error: "Broken", data: { thing: "id", organizationId } },
  ]);
  const id = jobs[0]?.id ?? "";
  expect(await caller.retry({ id })).toEqual({ id });
  expect(await caller.dead()).toEqual({ jobs: [] });
  await expect(caller.retry({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
