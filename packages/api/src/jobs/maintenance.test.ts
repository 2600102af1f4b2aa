import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Agenda, createAgenda } from "../notifications/agenda.fixture.ts";
import { prune } from "./prune.ts";
import { sweepHolds } from "./sweep-holds.ts";

let testDatabase: TestDatabase;
let database: Database;
let agenda: Agenda;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  agenda = await createAgenda(testDatabase.adminUrl, { email: null });
});
afterAll(async () => {
  await agenda.close();
  await database.close();
  await testDatabase.drop();
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function addHold(expires: string, day: string): Promise<string> {
  const id = randomUUID();
  await agenda.run(
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, starts_at, ends_at, busy_from, busy_to, status, source, hold_expires_at, updated_at)
     SELECT organization_id, $1, site_id, provider_id, $2::timestamptz, $2::timestamptz + interval '1 hour', $2::timestamptz,
            $2::timestamptz + interval '1 hour', 'held', 'web', now() + $3::interval, now()
     FROM appointment WHERE id = $4`,
    [id, day, expires, agenda.appointmentId],
  );
  return id;
}

test("expired holds are freed and told once, however many workers sweep; others stay", async () => {
  const expired = await addHold("-1 second", "2099-01-05T10:00:00Z");
  const kept = await addHold("10 minutes", "2099-01-06T10:00:00Z");
  const counts = await Promise.all([
    sweepHolds({ database }),
    sweepHolds({ database }),
    sweepHolds({ database }),
  ]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(1);
  expect(await agenda.run("SELECT id FROM appointment WHERE status = 'held'")).toEqual([{ id: kept }]);
  const events = await agenda.run(
    "SELECT entity_id, organization_id, payload ->> 'providerId' AS provider FROM event WHERE type = 'appointment.released'",
  );
  expect(events).toEqual([
    { entity_id: expired, organization_id: agenda.scope.organizationId, provider: agenda.providerId },
  ]);
});

test("pruning removes what has served and keeps the rest", async () => {
  const { organizationId } = agenda.scope;
  for (const [age, sort] of [
    ["40 days", "old"],
    ["1 day", "recent"],
  ] as const) {
    await agenda.run(
      "INSERT INTO event (organization_id, type, entity_id, created_at) VALUES ($1, $2, $3, now() - $4::interval)",
      [organizationId, `test.${sort}`, randomUUID(), age],
    );
    await agenda.run(
      `INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at)
       VALUES ($1, $2, $3, $4, $2, $4, '{}', 2, now() - $5::interval)`,
      [organizationId, randomUUID(), agenda.appointmentId, sort, age],
    );
    await agenda.run(
      `INSERT INTO sign_in_token (identifier, token_hash, expires_at)
       VALUES ('someone', $1, CASE WHEN $1 = 'old' THEN now() - interval '1 minute' ELSE now() + interval '1 minute' END)`,
      [sort],
    );
    await agenda.run("INSERT INTO rate_limit (key, points, expire) VALUES ($1, 1, $2)", [
      sort,
      sort === "old" ? Date.now() - 1000 : Date.now() + 60_000,
    ]);
  }
  await prune({
    database,
    now: Date.now,
    log: silent,
    mailer: { address: "no-reply@example.test", send: async () => undefined, close: () => undefined },
    appUrl: "http://localhost:3000",
    linkSecret: "a secret that only tests know",
  });
  expect(await agenda.run("SELECT type FROM event WHERE type LIKE 'test.%'")).toEqual([
    { type: "test.recent" },
  ]);
  expect(await agenda.run("SELECT token_hash FROM undo")).toEqual([{ token_hash: "recent" }]);
  expect(await agenda.run("SELECT token_hash FROM sign_in_token")).toEqual([{ token_hash: "recent" }]);
  expect(await agenda.run("SELECT key FROM rate_limit")).toEqual([{ key: "recent" }]);
});
