import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations/", import.meta.url));

/** The queue schema that the installed pg-boss expects. */
function queueVersion(): number {
  const main = createRequire(import.meta.url).resolve("pg-boss");
  const manifest = JSON.parse(readFileSync(main.replace(/dist\/.*$/, "package.json"), "utf8"));
  return manifest.pgboss.schema;
}

/**
 * Whether the database has every migration of this version. Any login that may read will do: a server that is given
 * only the application's own can start once the owner has migrated.
 */
export async function isMigrated(url: string): Promise<boolean> {
  const wanted = readdirSync(migrationsFolder).filter((name) => /^\d/.test(name));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const present = new Set(rows.map(({ migration_name }) => migration_name));
    if (!wanted.every((name) => present.has(name))) return false;
    const queue = await client.query<{ version: number }>("SELECT version FROM pgboss.version");
    return Number(queue.rows[0]?.version) === queueVersion();
  } catch {
    // Nothing there yet, or not ours to read: the migration itself says what is wrong.
    return false;
  } finally {
    await client.end();
  }
}
