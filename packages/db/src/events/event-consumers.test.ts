import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { inTenantSql } from "../in-tenant.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import { appendEvent } from "../testing/append-event.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

import { type ConsumedBatch, consumeBatch, registerConsumers } from "./consume-batch.ts";
import { oneJobEach } from "./consuming-worker.fixture.ts";
import type { EventConsumer, ReactionFailure } from "./event-consumer.ts";
import { startEventConsumers } from "./event-consumers.ts";
import { listParkedEvents, readConsumerStates, retryParkedEvent } from "./parked-events.ts";

let testDatabase: TestDatabase;
let database: Database;
let owner: Client;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  owner = new Client({ connectionString: testDatabase.adminUrl });
  await owner.connect();
  await owner.query("TRUNCATE event_consumer");
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await owner.query("TRUNCATE event, event_consumer, parked_event; DELETE FROM pgboss.job");
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await testDatabase.drop();
});

const scope = mintTenantScope(randomUUID());
const otherScope = mintTenantScope(randomUUID());
const soon = { timeout: 15_000, interval: 50 };

/** Appends an event, in a transaction of its own. */
function happen(entityId: string, type = "test.happened", of = scope): Promise<void> {
  return inTenantSql(database, of, (tx) => appendEvent(tx, { type, entityId, version: 1 }));
}

/** Appends many at once, of a hundred organizations. */
async function happenOften(count: number): Promise<void> {
  await owner.query(
    `INSERT INTO event (organization_id, type, entity_id)
     SELECT ('00000000-0000-7000-8000-' || lpad((n % 100)::text, 12, '0'))::uuid, 'test.happened', uuid_v7() FROM generate_series(1, $1) AS n`,
    [count],
  );
}

interface JobRow {
  name: string;
  data: Record<string, unknown>;
  start_after: Date;
}

async function jobsOf(name: string): Promise<JobRow[]> {
  const { rows } = await owner.query<JobRow>(
    "SELECT name, data, start_after FROM pgboss.job WHERE name = $1 ORDER BY (data ->> 'eventId')::bigint",
    [name],
  );
  return rows;
}

/** How many events had an effect, how many had another number of effects than one, and the last one's age. */
async function countEffects(): Promise<{ events: number; notOnce: number }> {
  const { rows } = await owner.query(
    `SELECT count(*)::integer AS events, count(*) FILTER (WHERE effects <> 1)::integer AS "notOnce"
     FROM (SELECT count(j.id) AS effects FROM event e LEFT JOIN pgboss.job j ON (j.data ->> 'eventId')::bigint = e.id
             AND j.name = 'test.effect' AND j.data ->> 'organizationId' = e.organization_id::text AND j.data ->> 'entityId' = e.entity_id::text
           WHERE e.type = 'test.happened' GROUP BY e.id) AS each`,
  );
  return rows[0];
}

async function consume(...consumers: EventConsumer[]): Promise<{ failures: ReactionFailure[] }> {
  const failures: ReactionFailure[] = [];
  const worker = await startEventConsumers({
    database,
    consumers,
    retryDelays: [0.2, 0.4],
    events: {
      onFailure: (failure) => void failures.push(failure),
      onError: (error) => {
        throw error;
      },
    },
  });
  stops.push(() => worker.close());
  return { failures };
}

/**
 * Waits until what has happened can be read. Other tests' transactions on the same server hold it back: nothing that could
 * still commit before it may be running.
 */
function readable(): Promise<void> {
  return vi.waitFor(async () => {
    const { rows } = await owner.query(
      "SELECT coalesce(max(xid), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS yes FROM event",
    );
    expect(rows[0].yes).toBe(true);
  }, soon);
}

/** One batch, and nothing that goes on by itself. */
async function batch(consumer: EventConsumer, maxRows = 1000): Promise<ConsumedBatch> {
  await readable();
  return consumeBatch(database, { consumer, maxRows });
}

async function startWorkerProcess(stallAt = 0): Promise<{ kill(): Promise<void> }> {
  const fixture = fileURLToPath(new URL("consuming-worker.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [fixture, testDatabase.url, String(stallAt)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  stops.push(kill);
  const line = stallAt > 0 ? "stalled" : "working";
  await vi.waitFor(() => expect(printed).toContain(line), { timeout: 40_000 });
  return { kill };
}

describe("a consumer of the log", () => {
  test("has each event's jobs queued once, for the organization of the event, saying why", async () => {
    await registerConsumers(database, [oneJobEach]);
    const [mine, theirs] = [randomUUID(), randomUUID()];
    await happen(mine);
    await happen(theirs, "test.happened", otherScope);
    await happen(randomUUID(), "test.ignored");
    await Promise.all([consume(oneJobEach), consume(oneJobEach)]);
    await vi.waitFor(async () => expect(await jobsOf("test.effect")).toHaveLength(2), soon);
    const { rows: events } = await owner.query(
      "SELECT id FROM event WHERE type = 'test.happened' ORDER BY id",
    );
    expect((await jobsOf("test.effect")).map(({ data }) => data)).toEqual([
      { entityId: mine, organizationId: scope.organizationId, eventId: Number(events[0].id) },
      { entityId: theirs, organizationId: otherScope.organizationId, eventId: Number(events[1].id) },
    ]);
    expect(await readConsumerStates(database)).toEqual([
      { name: oneJobEach.name, lagSeconds: 0, retrying: 0, parked: 0 },
    ]);
  });

  test("begins at the present, and keeps its place when it is made known again", async () => {
    await happen(randomUUID());
    await readable();
    await registerConsumers(database, [oneJobEach]);
    const entityId = randomUUID();
    await happen(entityId);
    await registerConsumers(database, [oneJobEach]);
    await batch(oneJobEach);
    expect((await jobsOf("test.effect")).map(({ data }) => data.entityId)).toEqual([entityId]);
  });

  test("of a database that does not know it any more makes itself known", async () => {
    await consume(oneJobEach);
    await owner.query("DELETE FROM event_consumer");
    await vi.waitFor(async () => expect(await readConsumerStates(database)).toHaveLength(1), soon);
    await happen(randomUUID());
    await vi.waitFor(async () => expect(await countEffects()).toEqual({ events: 1, notOnce: 0 }), soon);
  });

  test("looks at each event once, whatever its type", async () => {
    await registerConsumers(database, [oneJobEach]);
    for (let count = 0; count < 5; count++) await happen(randomUUID(), "test.ignored");
    const place = async () => (await owner.query("SELECT xid, id FROM event_consumer")).rows[0];
    const { hasMore } = await batch(oneJobEach, 3);
    expect(hasMore).toBe(true);
    const { rows } = await owner.query("SELECT xid, id FROM event ORDER BY id");
    expect(await place()).toEqual(rows[2]);
    expect((await batch(oneJobEach, 3)).hasMore).toBe(false);
    expect(await place()).toEqual(rows[4]);
  });

  test("tells how old the oldest event is that it has not reached", async () => {
    await registerConsumers(database, [oneJobEach]);
    await owner.query(
      `INSERT INTO event (organization_id, type, entity_id, created_at)
       SELECT $1, type, uuid_v7(), now() - age FROM (VALUES ('test.ignored', interval '1 hour'), ('test.happened', interval '1 minute'),
         ('test.happened', interval '1 second')) AS v(type, age)`,
      [scope.organizationId],
    );
    const lag = async () => (await readConsumerStates(database))[0]?.lagSeconds;
    expect(await lag()).toBeGreaterThanOrEqual(60);
    expect(await lag()).toBeLessThan(120);
    await batch(oneJobEach);
    expect(await lag()).toBe(0);
  });
});

describe("jobs about the same thing", () => {
  const byEntity = (react: EventConsumer["react"]): EventConsumer => ({
    name: "test.consumer",
    types: ["test.happened", "test.undone"],
    react,
  });
  const later = new Date("2099-01-01T00:00:00Z");
  const told = byEntity(({ type, entityId: dedupeKey, cursor: { id } }) =>
    type === "test.undone"
      ? [{ name: "test.told", dedupeKey, isTakenBack: true }]
      : [{ name: "test.told", dedupeKey, startAfter: later, data: { last: id } }],
  );

  test.each([1000, 1])("are one job with the last one's data, in batches of %d", async (maxRows) => {
    await registerConsumers(database, [told]);
    const entityId = randomUUID();
    for (let count = 0; count < 3; count++) await happen(entityId);
    await happen(entityId, "test.happened", otherScope);
    for (let more = true; more; ) more = (await batch(told, maxRows)).hasMore;
    const { rows } = await owner.query(
      "SELECT max(id)::integer AS last FROM event GROUP BY organization_id ORDER BY 1",
    );
    const jobs = await jobsOf("test.told");
    expect(jobs.map(({ data }) => data.last)).toEqual(rows.map(({ last }) => last));
    expect(jobs.map(({ start_after }) => start_after)).toEqual([later, later]);
  });

  test.each([1000, 1])("are taken back by a later event, in batches of %d", async (maxRows) => {
    await registerConsumers(database, [told]);
    const [undone, kept, again] = [randomUUID(), randomUUID(), randomUUID()];
    for (const entityId of [undone, kept, again]) await happen(entityId);
    await happen(undone, "test.undone");
    await happen(kept, "test.undone", otherScope);
    await happen(again, "test.undone");
    await happen(again);
    for (let more = true; more; ) more = (await batch(told, maxRows)).hasMore;
    const { rows } = await owner.query("SELECT id::integer FROM event ORDER BY id");
    expect((await jobsOf("test.told")).map(({ data }) => data.last)).toEqual([rows[1].id, rows[6].id]);
  });
});

describe("an event that cannot be reacted to", () => {
  test("is tried again with growing delays, then parked, while the others go on; a person has it tried once more", async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    let isMended = false;
    const tries: number[] = [];
    const failing: EventConsumer = {
      ...oneJobEach,
      react(event) {
        if (event.entityId === bad) tries.push(performance.now());
        if (event.entityId === bad && !isMended) throw new Error("Not today");
        return oneJobEach.react(event);
      },
    };
    const { failures } = await consume(failing);
    await happen(bad);
    await happen(good);
    await vi.waitFor(async () => expect(await jobsOf("test.effect")).toHaveLength(1), soon);
    await vi.waitFor(() => expect(failures).toHaveLength(3), soon);
    expect(failures.map(({ attempt, retrySeconds }) => [attempt, retrySeconds])).toEqual([
      [1, 0.2],
      [2, 0.4],
      [3, null],
    ]);
    const [first = 0, second = 0, third = 0] = tries;
    expect(second - first).toBeGreaterThan(190);
    expect(third - second).toBeGreaterThan(390);
    expect(await readConsumerStates(database)).toMatchObject([{ lagSeconds: 0, retrying: 0, parked: 1 }]);

    expect(await listParkedEvents(database, { scope: otherScope })).toEqual([]);
    const parked = await listParkedEvents(database, { scope });
    expect(parked).toMatchObject([
      {
        consumer: failing.name,
        type: "test.happened",
        entityId: bad,
        attempts: 3,
        reason: "Not today",
        retryAt: null,
      },
    ]);
    const wished = { consumer: failing.name, eventId: parked[0]?.eventId ?? 0 };
    expect(await retryParkedEvent(database, { scope: otherScope, ...wished })).toBe(false);
    isMended = true;
    expect(await retryParkedEvent(database, { scope, ...wished })).toBe(true);
    await vi.waitFor(async () => expect(await jobsOf("test.effect")).toHaveLength(2), soon);
    expect(await listParkedEvents(database, { scope })).toEqual([]);
    expect(await retryParkedEvent(database, { scope, ...wished })).toBe(false);
  });

  test("for a job that the database refuses is set aside alone", async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    const unstorable: EventConsumer = {
      ...oneJobEach,
      react: ({ entityId }) => [
        { name: "test.effect", data: { entityId, text: entityId === bad ? "\u0000" : "" } },
        { name: "test.second", data: { entityId } },
      ],
    };
    await registerConsumers(database, [unstorable]);
    await happen(bad);
    await happen(good);
    const { failures } = await batch(unstorable);
    expect(failures).toMatchObject([{ attempt: 1, retrySeconds: 5 }]);
    expect((await jobsOf("test.effect")).map(({ data }) => data.entityId)).toEqual([good]);
    // All of an event's jobs or none.
    expect((await jobsOf("test.second")).map(({ data }) => data.entityId)).toEqual([good]);
    expect(await listParkedEvents(database, { scope })).toMatchObject([{ entityId: bad }]);
  });

  test("cannot be parked or moved past by the application's role itself", async () => {
    await registerConsumers(database, [oneJobEach]);
    for (const statement of [
      "UPDATE event_consumer SET xid = 0",
      "DELETE FROM event_consumer",
      "DELETE FROM parked_event",
      "INSERT INTO parked_event (organization_id, consumer, event_id, attempts, reason) VALUES (uuid_v7(), 'x', 1, 1, '')",
    ])
      await expect(database.pool.query(statement), statement).rejects.toMatchObject({ code: "42501" });
  });
});

describe("every reaction has exactly one effect", () => {
  test("of a backlog of 100 000 events, with two workers, workers killed in the middle of a batch, and late commits", {
    timeout: 90_000,
  }, async () => {
    await registerConsumers(database, [oneJobEach]);
    await happenOften(40_000);
    // Holds back every event after it until it commits, as a long booking does.
    const late = new Client({ connectionString: testDatabase.url });
    await late.connect();
    await late.query(`BEGIN; SET LOCAL app.organization_id = '${scope.organizationId}'`);
    await late.query(
      "SELECT append_event('test.happened', uuid_v7(), 1, NULL, '{}') FROM generate_series(1, 10)",
    );
    await happenOften(60_000);

    for (const stallAt of [2_500, 1_700]) {
      const worker = await startWorkerProcess(stallAt);
      const before = await countEffects();
      await worker.kill();
      // The batch it died in has had no effect at all.
      expect(await countEffects()).toEqual(before);
    }
    const workers = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
    await late.query("COMMIT");
    await late.end();
    // One of the two dies as well, wherever it is.
    await vi.waitFor(async () => expect((await countEffects()).notOnce).toBeLessThan(80_000), soon);
    await workers[0]?.kill();
    await happenOften(1_000);
    await vi.waitFor(async () => expect(await countEffects()).toEqual({ events: 101_010, notOnce: 0 }), {
      timeout: 60_000,
      interval: 500,
    });
  });

  test("twin: a worker that moves on only after its jobs have committed repeats them when it dies in between", async () => {
    await registerConsumers(database, [oneJobEach]);
    for (let count = 0; count < 3; count++) await happen(randomUUID());
    const naive = async ({ dies }: { dies: boolean }) => {
      const before = (await owner.query("SELECT xid, id FROM event_consumer")).rows[0];
      await batch(oneJobEach);
      if (dies) await owner.query("UPDATE event_consumer SET xid = $1, id = $2", [before.xid, before.id]);
    };
    await naive({ dies: true });
    await naive({ dies: false });
    expect(await countEffects()).toEqual({ events: 3, notOnce: 3 });
  });
});
