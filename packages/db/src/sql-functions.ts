import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, type Pool } from "pg";
import { advisoryLocks } from "./advisory-locks.ts";
import { migrationNames } from "./schema-engine.ts";

const functionsFolder = fileURLToPath(new URL("../../../prisma/functions/", import.meta.url));

/** One SQL function's file: `prisma/functions/<slice>/<name>.sql`. */
export interface FunctionFile {
  slice: string;
  name: string;
  sql: string;
}

/** Every function's file, in an order that is the same everywhere. */
export function functionFiles(): FunctionFile[] {
  return readdirSync(functionsFolder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sql"))
    .sort()
    .map((path) => ({
      slice: dirname(path),
      name: basename(path, ".sql"),
      sql: readFileSync(functionsFolder + path, "utf8"),
    }));
}

/** What tells one set of files from another. */
export function functionsHash(files = functionFiles()): string {
  const hash = createHash("sha256");
  for (const { name, sql } of files) hash.update(`${name}\0${sql}\0`);
  return hash.digest("hex");
}

/** How a database compares with this version of the product. */
export interface DatabaseVersion {
  /** Every migration of this version is applied. */
  hasMigrations: boolean;
  /** These functions are in force. */
  hasFunctions: boolean;
  /** A newer version has been here: it applied migrations that this one does not know, or other functions after these. */
  isNewer: boolean;
}

/** Compares a database with this version, on a connection of any role that the product uses. */
export async function readDatabaseVersion(
  client: Pick<Client | Pool, "query">,
  { hash = functionsHash(), migrations = migrationNames() } = {},
): Promise<DatabaseVersion> {
  const { rows } = await client.query<{ migrations: string[]; functions: string[] }>(
    `SELECT ARRAY(SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
       ARRAY(SELECT hash FROM sql_functions ORDER BY position DESC) AS functions`,
  );
  const applied = new Set(rows[0]?.migrations);
  const functions = rows[0]?.functions ?? [];
  return {
    hasMigrations: migrations.every((name) => applied.has(name)),
    hasFunctions: functions[0] === hash,
    isNewer: functions.indexOf(hash) > 0 || [...applied].some((name) => !migrations.includes(name)),
  };
}

/**
 * Puts the functions of `files` in force, all or none, unless they are; several processes may do it at once. `adminUrl`
 * is the owner's. With `keepsNewer` the functions of a newer version stay: while an upgrade rolls, a process of the old
 * version may start once more. Returns whether anything was applied.
 */
export async function applyFunctions(
  adminUrl: string,
  { keepsNewer, files = functionFiles() }: { keepsNewer: boolean; files?: FunctionFile[] },
): Promise<boolean> {
  const hash = functionsHash(files);
  const client = new Client({ connectionString: adminUrl, application_name: "creneau-migrate" });
  await client.connect();
  try {
    // The files come in no order that bodies could rely on: the tests check those instead.
    await client.query("BEGIN; SET LOCAL check_function_bodies = off; SET LOCAL search_path = public");
    await client.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.sqlFunctions]);
    const { hasFunctions, isNewer } = await readDatabaseVersion(client, { hash });
    const isWanted = !hasFunctions && !(keepsNewer && isNewer);
    if (isWanted) {
      for (const file of files) await applyFile(client, file);
      await client.query(
        `INSERT INTO sql_functions (hash, position) SELECT $1, coalesce(max(position), 0) + 1 FROM sql_functions
         ON CONFLICT (hash) DO UPDATE SET position = excluded.position, applied_at = excluded.applied_at`,
        [hash],
      );
    }
    await client.query("COMMIT");
    return isWanted;
  } finally {
    // Whatever is not committed ends with the connection.
    await client.end();
  }
}

async function applyFile(client: Client, { slice, name, sql }: FunctionFile): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    throw new Error(`prisma/functions/${slice}/${name}.sql failed: ${String(error)}`, { cause: error });
  }
}
