import type { Database } from "@creneau/db/database";
import { migrationNames } from "@creneau/db/schema-engine";

/** Why this process is not ready to serve; empty when it is. */
export type ReadinessProblem = "starting" | "draining" | "database_unreachable" | "migrations_missing";

/** Whether the process may get traffic. */
export class Readiness {
  readonly #database: Database;
  readonly #expected = migrationNames();
  state: "starting" | "started" | "draining" = "starting";

  constructor(database: Database) {
    this.#database = database;
  }

  /** Asks the database each time; migrations newer than this version are no problem, so that upgrades can roll. */
  async problems(): Promise<ReadinessProblem[]> {
    if (this.state === "draining") return ["draining"];
    const problems: ReadinessProblem[] = this.state === "starting" ? ["starting"] : [];
    try {
      const { rows } = await this.#database.pool.query<{ migration_name: string }>(
        "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
      );
      const applied = new Set(rows.map((row) => row.migration_name));
      if (!this.#expected.every((name) => applied.has(name))) problems.push("migrations_missing");
    } catch {
      problems.push("database_unreachable");
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
