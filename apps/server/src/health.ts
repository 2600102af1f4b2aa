import type { Database } from "@creneau/db/database";
import { sqlState } from "@creneau/db/in-tenant";
import { migrationNames } from "@creneau/db/schema-engine";
import { functionsHash, readDatabaseVersion } from "@creneau/db/sql-functions";

/** Why this process is not ready to serve; empty when it is. */
export type ReadinessProblem = "starting" | "draining" | "database_unreachable" | "migrations_missing";

const undefinedTable = "42P01";

/** Whether the process may get traffic. */
export class Readiness {
  readonly #database: Database;
  readonly #version = { migrations: migrationNames(), hash: functionsHash() };
  state: "starting" | "started" | "draining" = "starting";

  constructor(database: Database) {
    this.#database = database;
  }

  /** Asks the database each time; a newer version's migrations and functions are no problem, so that upgrades can roll. */
  async problems(): Promise<ReadinessProblem[]> {
    if (this.state === "draining") return ["draining"];
    const problems: ReadinessProblem[] = this.state === "starting" ? ["starting"] : [];
    try {
      const { hasMigrations, hasFunctions, isNewer } = await readDatabaseVersion(
        this.#database.pool,
        this.#version,
      );
      if (!hasMigrations || !(hasFunctions || isNewer)) problems.push("migrations_missing");
    } catch (error) {
      problems.push(sqlState(error) === undefinedTable ? "migrations_missing" : "database_unreachable");
    }
    return problems;
  }
}

/** Throws when the database would not hold the application to row-level security. */
export async function assertGuarded({ pool }: Pick<Database, "pool">): Promise<void> {
  const { rows } = await pool.query<{ bypasses: boolean; name: string }>(
    "SELECT rolsuper OR rolbypassrls AS bypasses, rolname AS name FROM pg_roles WHERE rolname = current_user",
  );
  if (rows[0]?.bypasses !== false) {
    throw new Error(
      `The database role ${rows[0]?.name ?? "of this connection"} bypasses row-level security: refusing to serve with it`,
    );
  }
}
