import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function ask(url: string, question: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const answer = await client.query<{ value: unknown }>(question);
    return answer.rows[0]?.value;
  } finally {
    await client.end();
  }
}

test("a test database is migrated", async () => {
  expect(await ask(database.adminUrl, "select count(*)::int as value from appointment")).toBe(0);
});

test("its application role owns nothing and cannot step around row-level security", async () => {
  const role = "select (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) as value from pg_roles";
  expect(await ask(database.url, `${role} where rolname = current_user`)).toBe(false);
  expect(await ask(database.adminUrl, `${role} where rolname = current_user`)).toBe(true);
  const owned = "select count(*)::int as value from pg_class where pg_get_userbyid(relowner) = 'creneau_app'";
  expect(await ask(database.adminUrl, owned)).toBe(0);
});
