import type { Client } from "pg";

/** The database of the product inside the embedded server. */
export const databaseName = "creneau";

/** The role the product itself connects with: it owns nothing and never bypasses row-level security. */
export const appRole = "creneau_app";

/** A role nobody can log in as; the few functions that look across organizations belong to it. */
export const systemRole = "creneau_system";

/**
 * Creates the roles and the database when absent and sets the application's password. `client` is the owner's
 * connection to the maintenance database. Safe to repeat.
 */
export async function bootstrapRoles(
  client: Client,
  { appPassword }: { appPassword: string },
): Promise<void> {
  const found = await client.query<{ name: string }>(
    "select rolname::text as name from pg_roles where rolname = any($1)",
    [[appRole, systemRole]],
  );
  const roles = new Set(found.rows.map(({ name }) => name));
  if (!roles.has(systemRole)) await client.query(`create role ${systemRole} nologin`);
  const verb = roles.has(appRole) ? "alter" : "create";
  await client.query(
    `${verb} role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole password ${client.escapeLiteral(appPassword)}`,
  );
  const database = await client.query("select from pg_database where datname = $1", [databaseName]);
  if (database.rowCount === 0) await client.query(`create database ${databaseName}`);
}
