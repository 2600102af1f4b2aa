import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seedDemo } from "../../../prisma/seed/demo.ts";
import { migrate } from "./migrate.ts";
import { applyMigrations, diffToSchema, migrationNames, migrationsFolder } from "./schema-engine.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

async function query(statement: string) {
  const client = new Client({ connectionString: test.adminUrl });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

it("takes an empty database to exactly the Prisma schema", async () => {
  expect(await diffToSchema(test.adminUrl, "database")).toBeNull();
});

it("twin: a difference from the Prisma schema is found", async () => {
  await query("ALTER TABLE site ADD COLUMN surprise text");
  expect(await diffToSchema(test.adminUrl, "database")).toMatch(/DROP COLUMN "surprise"/);
  await query("ALTER TABLE site DROP COLUMN surprise");
});

it("records every migration in the standard table and applies nothing twice", async () => {
  const rows = await query(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );
  expect(rows.map(({ migration_name }) => migration_name)).toEqual(migrationNames());
  expect((await migrate({ adminUrl: test.adminUrl })).applied).toEqual([]);
});

/** A copy of the migrations with one more at the end, as the next version of the product would bring. */
function withNextMigration(sql: string): string {
  const folder = `${mkdtempSync(join(tmpdir(), "creneau-migrations-"))}/`;
  cpSync(migrationsFolder, folder, { recursive: true });
  mkdirSync(`${folder}99990101000000_next`);
  writeFileSync(`${folder}99990101000000_next/migration.sql`, sql);
  return folder;
}

it("upgrades a database that holds demo data, and keeps the data", async () => {
  await seedDemo({ url: test.url });
  const count = "SELECT count(*)::int AS n FROM appointment";
  const [before] = await query(count);
  expect(before.n).toBeGreaterThan(500);
  const folder = withNextMigration(`
    ALTER TABLE appointment ADD COLUMN walk_in boolean NOT NULL DEFAULT false;
    CREATE INDEX appointment_walk_in ON appointment (organization_id) WHERE walk_in;`);
  expect(await applyMigrations(test.adminUrl, folder)).toEqual(["99990101000000_next"]);
  expect(await query(`SELECT count(*)::int AS n FROM appointment WHERE NOT walk_in`)).toEqual([before]);
});

it("leaves nothing behind of a migration that fails", async () => {
  const other = await createTestDatabase();
  const folder = withNextMigration("CREATE TABLE half_done (id int); SELECT 1 / 0;");
  await expect(applyMigrations(other.adminUrl, folder)).rejects.toThrow(/division by zero/);
  const client = new Client({ connectionString: other.adminUrl });
  await client.connect();
  const { rows } = await client.query("SELECT to_regclass('half_done') AS half_done");
  await client.end();
  expect(rows).toEqual([{ half_done: null }]);
  await other.drop();
});
