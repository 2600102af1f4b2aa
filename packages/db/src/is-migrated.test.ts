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

it("twin: misses a migration, the queue's, or functions", async () => {
  const admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
  await admin.query("UPDATE pgboss.version SET version = version - 1");
  expect(await isMigrated(test.url)).toBe(false);
  await admin.query("UPDATE pgboss.version SET version = version + 1");
  await admin.query("UPDATE sql_functions SET hash = 'other' || hash");
  expect(await isMigrated(test.url)).toBe(false);
  await admin.query("UPDATE sql_functions SET hash = substr(hash, 6)");
  await admin.query("DELETE FROM _prisma_migrations WHERE migration_name LIKE '%guards'");
  expect(await isMigrated(test.url)).toBe(false);
  await admin.end();
});

it("counts functions of a newer version only where it may be there", async () => {
  const other = await createTestDatabase();
  const admin = new Client({ connectionString: other.adminUrl });
  await admin.connect();
  await admin.query(
    "INSERT INTO sql_functions (hash, position) SELECT 'newer', max(position) + 1 FROM sql_functions",
  );
  expect(await isMigrated(other.url)).toBe(false);
  expect(await isMigrated(other.url, { keepsNewer: true })).toBe(true);
  await admin.end();
  await other.drop();
});
