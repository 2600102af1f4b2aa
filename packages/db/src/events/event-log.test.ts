import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { inTenantSql } from "../in-tenant.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import { appendEvent } from "../testing/append-event.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { compareEventCursors } from "./event-cursor.ts";
import { EventLog, type LoggedEvent, readEventsAfter } from "./event-log.ts";

let test: TestDatabase;
let database: Database;
let log: EventLog;

beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url });
  log = new EventLog(database);
  await log.start();
});

afterEach(async () => {
  await log.stop();
  await database.close();
  await test.drop();
});

const organizationId = randomUUID();
const scope = mintTenantScope(organizationId);

/** Waits until a condition holds, or says what it was waiting for. */
async function until(condition: () => boolean, what: string, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited too long for ${what}`);
    await sleep(10);
  }
}

const writers = 8;
const eventsPerWriter = 500;

/** Each writer owns an entity and counts its versions up; commits are delayed at random, so they end out of order. */
async function write(writer: number, entityId: string): Promise<void> {
  for (let version = 1; version <= eventsPerWriter; version++) {
    await inTenantSql(database, scope, async (tx) => {
      await appendEvent(tx, { type: "appointment.moved", entityId, version, payload: { writer } });
      if (Math.random() < 0.2) await sleep(Math.random() * 8);
    });
  }
}

describe("the event log", () => {
  it("delivers every event of 8 writers exactly once, in order for each appointment", {
    timeout: 60_000,
  }, async () => {
    const seen: LoggedEvent[] = [];
    log.subscribe(organizationId, (event) => seen.push(event));
    const entities = Array.from({ length: writers }, () => randomUUID());
    await Promise.all(entities.map((entityId, writer) => write(writer, entityId)));
    const expected = writers * eventsPerWriter;
    await until(() => seen.length >= expected, `${expected} events, ${seen.length} came`);
    await sleep(600);
    expect(seen.length).toBe(expected);
    expect(new Set(seen.map(({ cursor }) => cursor.id)).size).toBe(expected);
    for (const entityId of entities) {
      const versions = seen.filter((event) => event.entityId === entityId).map(({ version }) => version);
      expect(versions).toEqual(Array.from({ length: eventsPerWriter }, (_, index) => index + 1));
    }
    for (let index = 1; index < seen.length; index++) {
      const [before, after] = [seen[index - 1], seen[index]] as [LoggedEvent, LoggedEvent];
      expect(compareEventCursors(before.cursor, after.cursor)).toBeLessThan(0);
    }
  });

  it("twin: a reader that follows ids alone would skip a transaction that commits late", async () => {
    const late = new Client({ connectionString: test.url });
    await late.connect();
    const entityId = randomUUID();
    await late.query(`BEGIN; SET LOCAL app.organization_id = '${organizationId}'`);
    await late.query("SELECT append_event('appointment.moved', $1, 1, NULL, '{}')", [entityId]);
    await inTenantSql(database, scope, (tx) =>
      appendEvent(tx, { type: "appointment.moved", entityId, version: 2 }),
    );
    const byId = await inTenantSql(database, scope, (tx) =>
      tx.query<{ version: number }>("SELECT version FROM event ORDER BY id"),
    );
    // The naive reader has now seen id 2 and would go on from there: id 1 is lost to it.
    expect(byId.map(({ version }) => version)).toEqual([2]);
    const seen: (number | null)[] = [];
    log.subscribe(organizationId, (event) => seen.push(event.version));
    await sleep(600);
    expect(seen).toEqual([]);
    await late.query("COMMIT");
    await late.end();
    await until(() => seen.length === 2, "both events");
    expect(seen).toEqual([1, 2]);
  });

  it("hears only its organization", async () => {
    const other = mintTenantScope(randomUUID());
    const mine: string[] = [];
    const theirs: string[] = [];
    log.subscribe(organizationId, (event) => mine.push(event.type));
    log.subscribe(other.organizationId, (event) => theirs.push(event.type));
    await inTenantSql(database, other, (tx) =>
      appendEvent(tx, { type: "appointment.created", entityId: randomUUID() }),
    );
    await until(() => theirs.length === 1, "the other's event");
    expect(mine).toEqual([]);
  });

  it("finds its way back when its connections are cut, with nothing missed and nothing twice", async () => {
    const seen: number[] = [];
    log.subscribe(organizationId, (event) => seen.push(event.version ?? 0));
    const entityId = randomUUID();
    const append = (version: number) =>
      inTenantSql(database, scope, (tx) => appendEvent(tx, { type: "appointment.moved", entityId, version }));
    await append(1);
    await until(() => seen.length === 1, "the first event");
    const admin = new Client({ connectionString: test.adminUrl });
    await admin.connect();
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await admin.end();
    // The pool may hold more connections than one that do not know yet.
    await vi.waitFor(() => append(2));
    await append(3);
    await until(() => seen.length >= 3, "the events after the cut");
    await sleep(700);
    expect(seen).toEqual([1, 2, 3]);
  });

  it("replays what was missed after a cursor, and asks for a reload when the log no longer reaches it", async () => {
    const entityId = randomUUID();
    const seen: LoggedEvent[] = [];
    log.subscribe(organizationId, (event) => seen.push(event));
    for (let version = 1; version <= 5; version++) {
      await inTenantSql(database, scope, (tx) =>
        appendEvent(tx, { type: "appointment.moved", entityId, version }),
      );
    }
    await until(() => seen.length === 5, "five events");
    const second = seen[1]?.cursor ?? { epoch: "", xid: 0, id: 0 };
    const missed = await readEventsAfter(database, organizationId, second);
    expect(missed === "reload" ? missed : missed.map(({ version }) => version)).toEqual([3, 4, 5]);
    const future = { ...second, xid: second.xid + 1_000_000 };
    expect(await readEventsAfter(database, organizationId, future)).toBe("reload");
    await database.pool.query("SELECT prune_events(interval '0 seconds')");
    await inTenantSql(database, scope, (tx) =>
      appendEvent(tx, { type: "appointment.moved", entityId, version: 6 }),
    );
    await until(() => seen.length === 6, "the sixth event");
    expect(await readEventsAfter(database, organizationId, second)).toBe("reload");
  });
});
