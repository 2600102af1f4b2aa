import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Client } from "pg";
import { readDatabaseVersion } from "./sql-functions.ts";

/** The queue schema that the installed pg-boss expects. */
function queueVersion(): number {
  const main = createRequire(import.meta.url).resolve("pg-boss");
  const manifest = JSON.parse(readFileSync(main.replace(/dist\/.*$/, "package.json"), "utf8"));
  return manifest.pgboss.schema;
}

/**
 * Whether the database has every migration and the functions of this version or, with `keepsNewer`, of a newer one. Any
 * login that may read will do: a server that is given only the application's own can start once the owner has migrated.
 */
export async function isMigrated(url: string, { keepsNewer = false } = {}): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { hasMigrations, hasFunctions, isNewer } = await readDatabaseVersion(client);
    if (!hasMigrations || !(hasFunctions || (keepsNewer && isNewer))) return false;
    const queue = await client.query<{ version: number }>("SELECT version FROM pgboss.version");
    return Number(queue.rows[0]?.version) === queueVersion();
  } catch {
    // Nothing there yet, or not ours to read: the migration itself says what is wrong.
    return false;
  } finally {
    await client.end();
  }
}
