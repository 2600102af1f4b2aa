import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { consumeBatch, registerConsumers } from "@creneau/db/events/consume-batch";
import type { EventConsumer } from "@creneau/db/events/event-consumer";
import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue } from "@creneau/db/jobs/enqueue";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import { appendEvent } from "@creneau/db/testing/append-event";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Role } from "../actor.ts";
import { testContext, testSession } from "../context.fixture.ts";
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

test("only owners and admins see and retry parked events", async () => {
  for (const role of ["manager", "provider", "operator", "viewer"] as const) {
    await expect(callerAs(role).parkedEvents()).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(callerAs(role).retryParkedEvent({ consumer: "test", eventId: 1 })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  }
});

test("a parked event is listed with what failed, for its own organization, and handled once it is retried", async () => {
  const entityId = randomUUID();
  let isMended = false;
  const consumer: EventConsumer = {
    name: "test.parking",
    types: ["test.happened"],
    react() {
      if (!isMended) throw new Error("Not today");
      return [{ name: "test.mended", data: {} }];
    },
  };
  const consume = () => consumeBatch(database, { consumer, maxRows: 100, delays: [] });
  await registerConsumers(database, [consumer]);
  await inTenantSql(database, mintTenantScope(organizationId), (tx) =>
    appendEvent(tx, { type: "test.happened", entityId }),
  );
  const caller = callerAs("admin");
  // It can be read once no other transaction of the server could still commit before it.
  const { events } = await vi.waitFor(async () => {
    await consume();
    const parked = await caller.parkedEvents();
    expect(parked.events).toHaveLength(1);
    return parked;
  }, 15_000);
  expect(events).toMatchObject([
    {
      consumer: "test.parking",
      type: "test.happened",
      entityId,
      attempts: 1,
      reason: "Not today",
      retryAt: null,
    },
  ]);
  const wished = { consumer: "test.parking", eventId: events[0]?.eventId ?? 0 };
  const foreign = callerAs("owner", randomUUID());
  expect(await foreign.parkedEvents()).toEqual({ events: [] });
  await expect(foreign.retryParkedEvent(wished)).rejects.toMatchObject({ code: "NOT_FOUND" });

  isMended = true;
  expect(await caller.retryParkedEvent(wished)).toEqual(wished);
  await consume();
  expect(await caller.parkedEvents()).toEqual({ events: [] });
  const { rows } = await database.pool.query("SELECT data FROM pgboss.job WHERE name = 'test.mended'");
  expect(rows).toEqual([{ data: { organizationId, eventId: wished.eventId } }]);
  await expect(caller.retryParkedEvent(wished)).rejects.toMatchObject({ code: "NOT_FOUND" });
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
