import type { Database } from "@creneau/db/database";
import type { EventLog } from "@creneau/db/events/event-log";

/** Why this process is not ready to serve; empty when it is. */
export type ReadinessProblem =
  | "starting"
  | "draining"
  | "database_unreachable"
  | "database_read_only"
  | "migrations_missing"
  /** The event log has not been read for ten seconds: live screens of this process show the past. */
  | "events_stalled";

interface ReadinessParts {
  database: Pick<Database, "watch">;
  events: Pick<EventLog, "isStalled">;
}

/** Whether the process may get traffic. */
export class Readiness {
  readonly #database: ReadinessParts["database"];
  readonly #events: ReadinessParts["events"];
  state: "starting" | "started" | "draining" = "starting";

  constructor({ database, events }: ReadinessParts) {
    this.#database = database;
    this.#events = events;
  }

  /**
   * Asks the database each time, for a second and a half at most; a newer version's migrations and functions are no
   * problem, so that upgrades can roll.
   */
  async problems(): Promise<ReadinessProblem[]> {
    if (this.state === "draining") return ["draining"];
    const problems: ReadinessProblem[] = this.state === "starting" ? ["starting"] : [];
    const database = await this.#database.watch.ask();
    if (!database.isReachable) return [...problems, "database_unreachable"];
    if (database.isReadOnly) problems.push("database_read_only");
    const { version } = database;
    if (!version?.hasMigrations || !(version.hasFunctions || version.isNewer))
      problems.push("migrations_missing");
    if (this.#events.isStalled) problems.push("events_stalled");
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
