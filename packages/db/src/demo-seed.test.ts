import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seedDemo } from "../../../prisma/seed/demo.ts";
import { openDatabase } from "./database.ts";
import { createUser } from "./testing/factories.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let database: TestDatabase;
let admin: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterEach(async () => {
  await admin.end();
  await database.drop();
});

async function counts() {
  const { rows } = await admin.query(
    `SELECT (SELECT count(*)::int FROM organization) AS organizations, (SELECT count(*)::int FROM "user") AS users`,
  );
  return rows[0];
}

test("of processes that start together one writes the demo, and the others wait for it", async () => {
  const wrote = await Promise.all([1, 2, 3].map(() => seedDemo({ url: database.url })));
  expect(wrote.sort()).toEqual([false, false, true]);
  const { organizations, users } = await counts();
  expect(organizations).toBe(3);
  expect(users).toBeGreaterThan(8);
});

test("a database in which somebody has an account is left alone", async () => {
  const opened = openDatabase({ url: database.url, poolSize: 1 });
  await createUser(opened);
  await opened.close();
  expect(await seedDemo({ url: database.url })).toBe(false);
  expect(await counts()).toEqual({ organizations: 0, users: 1 });
});

test("a demo that was cut off leaves nothing behind, and the next start writes it", async () => {
  const seeding = seedDemo({ url: database.url });
  const failed = expect(seeding).rejects.toThrow();
  const cut = async () => {
    const { rowCount } = await admin.query(
      `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
       WHERE a.datname = current_database() AND l.relation = 'appointment'::regclass AND l.mode = 'RowExclusiveLock'`,
    );
    return rowCount;
  };
  await expect.poll(cut, { interval: 10, timeout: 10_000 }).toBeGreaterThan(0);
  await failed;
  expect(await counts()).toEqual({ organizations: 0, users: 0 });
  expect(await seedDemo({ url: database.url })).toBe(true);
});
