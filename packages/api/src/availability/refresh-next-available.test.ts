import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import type { Instant } from "@creneau/domain/time/instant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Agenda, createAgenda } from "../notifications/agenda.fixture.ts";
import { refreshNextAvailable } from "./refresh-next-available.ts";

let testDatabase: TestDatabase;
let database: Database;
let agenda: Agenda;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  agenda = await createAgenda(testDatabase.adminUrl, { email: null });
  const { organizationId } = agenda.scope;
  await agenda.run(
    "INSERT INTO provider_site (organization_id, provider_id, site_id) SELECT organization_id, provider_id, site_id FROM appointment WHERE organization_id = $1",
    [organizationId],
  );
  await agenda.run(
    "INSERT INTO service_provider (organization_id, provider_id, service_id) SELECT organization_id, provider_id, service_id FROM appointment WHERE organization_id = $1",
    [organizationId],
  );
  // Mondays from 14:30 to 15:30 in Paris; the appointment takes the first half of one of them.
  await agenda.run(
    `INSERT INTO availability_rule (organization_id, id, site_id, provider_id, iso_weekday, start_minute, end_minute, updated_at)
     SELECT organization_id, $2, site_id, provider_id, 1, 870, 930, now() FROM appointment WHERE organization_id = $1`,
    [organizationId, randomUUID()],
  );
});
afterAll(async () => {
  await agenda.close();
  await database.close();
  await testDatabase.drop();
});

const at = (instant: string) => Date.parse(instant) as Instant;

async function refreshAt(now: string): Promise<string | undefined> {
  await refreshNextAvailable(database, { scope: agenda.scope, now: at(now) });
  const [row] = await agenda.run<{ next: Date | null }>(
    "SELECT next_available_at AS next FROM provider WHERE id = $1",
    [agenda.providerId],
  );
  return row?.next?.toISOString();
}

test("the first start that is open and not taken is written, and again only when it changes", async () => {
  expect(await refreshAt("2099-11-20T08:00:00Z")).toBe("2099-11-23T14:00:00.000Z");
  const again = await refreshNextAvailable(database, {
    scope: agenda.scope,
    now: at("2099-11-20T08:00:00Z"),
  });
  expect(again).toBe(0);
});

test("a start beyond the first look is found with the busy time of that day", async () => {
  await agenda.run(
    `INSERT INTO time_off (organization_id, id, provider_id, starts_at, ends_at, updated_at)
     VALUES ($1, $2, $3, '2099-11-01T00:00:00Z', '2099-11-23T00:00:00Z', now())`,
    [agenda.scope.organizationId, randomUUID(), agenda.providerId],
  );
  expect(await refreshAt("2099-11-03T08:00:00Z")).toBe("2099-11-23T14:00:00.000Z");
});

test("nothing up to the horizon is null", async () => {
  await agenda.run("DELETE FROM availability_rule");
  expect(await refreshAt("2099-11-20T08:00:00Z")).toBeUndefined();
});
