import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isMigrated } from "./is-migrated.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

it("knows a database of this version, also as the application's own login", async () => {
  expect(await isMigrated(test.url)).toBe(true);
  expect(await isMigrated(test.adminUrl)).toBe(true);
});

it("twin: misses a migration, or the queue's", async () => {
  const admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
  await admin.query("UPDATE pgboss.version SET version = version - 1");
  expect(await isMigrated(test.url)).toBe(false);
  await admin.query("UPDATE pgboss.version SET version = version + 1");
  await admin.query("DELETE FROM _prisma_migrations WHERE migration_name LIKE '%guards'");
  expect(await isMigrated(test.url)).toBe(false);
  await admin.end();
});
