import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { templateName } from "./global-setup.ts";

/** A migrated, empty database of its own for a test file. */
export interface TestDatabase {
  /** Connects as the application's role, under row-level security: what the code under test gets. */
  url: string;
  /** Connects as the owner: to arrange and to look behind the guards. */
  adminUrl: string;
  name: string;
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function run(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Copies the run's migrated template (about 20 ms). `template` copies another database instead, one that a test has
 * filled and nobody is connected to.
 */
export async function createTestDatabase({ template = templateName } = {}): Promise<TestDatabase> {
  const server = inject("databaseServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(server.adminUrl, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: withDatabase(server.url, name),
    adminUrl: withDatabase(server.adminUrl, name),
    name,
    drop: () => run(server.adminUrl, `drop database if exists ${name} with (force)`),
  };
}
