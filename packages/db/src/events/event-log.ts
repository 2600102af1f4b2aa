import type { Pool } from "pg";
import type { Database } from "../database.ts";
import { DoorbellListener } from "./doorbell-listener.ts";
import { compareEventCursors, type EventCursor } from "./event-cursor.ts";

/** Who did it: a user, or by `id` and `name` a client, a key of the API, or a part of the product. */
export interface EventActor {
  kind: "user" | "client" | "api_key" | "system";
  userId: string | null;
  id: string | null;
  name: string | null;
}

/** One row of the log, as readers get it. */
export interface LoggedEvent {
  cursor: EventCursor;
  organizationId: string;
  type: string;
  entityId: string;
  version: number | null;
  actor: EventActor;
  payload: Record<string, unknown>;
  createdAt: Date;
}

export type EventListener = (event: LoggedEvent) => void;

/** A row of the log as `pg` reads it. */
export interface EventRow {
  id: number;
  xid: number;
  organization_id: string;
  type: string;
  entity_id: string;
  version: number | null;
  actor_user_id: string | null;
  actor_kind: EventActor["kind"];
  actor_id: string | null;
  actor_name: string | null;
  payload: Record<string, unknown>;
  created_at: Date;
}

const batchSize = 1000;
const pollMs = 250;

/** Largest id inside a transaction: a cursor that has seen all of it. */
const endOfTransaction = Number.MAX_SAFE_INTEGER;

/**
 * The process's one reader of the event log. It follows (xid, id) over rows that no running transaction could still
 * precede, so nothing is skipped and nothing comes twice, and hands each event to the listeners of its organization.
 * The doorbell makes it look at once; the poll makes a lost doorbell harmless.
 */
export class EventLog {
  readonly #database: Database;
  readonly #listeners = new Map<string, Set<EventListener>>();
  readonly #everywhere = new Set<EventListener>();
  #position: EventCursor = { xid: 0, id: 0 };
  readonly #doorbell: DoorbellListener;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #lookAgain = false;
  #stopped = false;
  /** Seconds between the commit of the newest event delivered and its delivery. */
  lagSeconds = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#doorbell = new DoorbellListener({ url: database.url, onRing: () => this.#look() });
  }

  /** Everything at or before this has been delivered to the listeners. */
  get position(): EventCursor {
    return this.#position;
  }

  /** Starts at the present: events committed before are not delivered (a subscription resumes them by itself). */
  async start(): Promise<void> {
    const { headXid } = await readEventBounds(this.#database.pool);
    this.#position = { xid: headXid - 1, id: endOfTransaction };
    await this.#doorbell.open();
    this.#timer = setInterval(() => this.#look(), pollMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#doorbell.close();
    await this.#reading;
  }

  /** Delivers the organization's events from now on; returns how to stop. */
  subscribe(organizationId: string, listener: EventListener): () => void {
    const listeners = this.#listeners.get(organizationId) ?? new Set();
    this.#listeners.set(organizationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(organizationId) === listeners)
        this.#listeners.delete(organizationId);
    };
  }

  /** Delivers every organization's events; for caches of the process, never for a person. */
  subscribeToAll(listener: EventListener): () => void {
    this.#everywhere.add(listener);
    return () => this.#everywhere.delete(listener);
  }

  #look(): void {
    if (this.#stopped) return;
    if (this.#reading) {
      this.#lookAgain = true;
      return;
    }
    this.#reading = this.#readAll()
      // The database is away: the next poll tries again from the same position.
      .catch(() => undefined)
      .finally(() => {
        this.#reading = undefined;
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.#look();
        }
      });
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const { rows } = await this.#database.pool.query<EventRow>({
        name: "read_events",
        text: "SELECT * FROM read_events($1::bigint, $2::bigint, $3::integer)",
        values: [this.#position.xid, this.#position.id, batchSize],
      });
      for (const row of rows) this.#deliver(toLoggedEvent(row));
      if (rows.length < batchSize) return;
    }
  }

  #deliver(event: LoggedEvent): void {
    this.#position = event.cursor;
    this.lagSeconds = Math.max(0, (Date.now() - event.createdAt.getTime()) / 1000);
    for (const listener of this.#everywhere) listener(event);
    for (const listener of this.#listeners.get(event.organizationId) ?? []) listener(event);
  }
}

export function toLoggedEvent(row: EventRow): LoggedEvent {
  return {
    cursor: { xid: row.xid, id: row.id },
    organizationId: row.organization_id,
    type: row.type,
    entityId: row.entity_id,
    version: row.version,
    actor: { kind: row.actor_kind, userId: row.actor_user_id, id: row.actor_id, name: row.actor_name },
    payload: row.payload,
    createdAt: row.created_at,
  };
}

async function readEventBounds(pool: Pool): Promise<{ headXid: number; oldest: EventCursor | null }> {
  const { rows } = await pool.query<{
    head_xid: number;
    oldest_xid: number | null;
    oldest_id: number | null;
  }>("SELECT head_xid, oldest_xid, oldest_id FROM event_bounds()");
  const row = rows[0];
  if (!row) throw new Error("event_bounds answered nothing");
  const oldest =
    row.oldest_xid === null || row.oldest_id === null ? null : { xid: row.oldest_xid, id: row.oldest_id };
  return { headXid: row.head_xid, oldest };
}

/**
 * The organization's events after a cursor, oldest first, up to what is safe to read now. Answers "reload" when the
 * log no longer reaches back that far, or when the cursor is from another database (it lies in the future).
 */
export async function readEventsAfter(
  database: Database,
  organizationId: string,
  after: EventCursor,
): Promise<LoggedEvent[] | "reload"> {
  const { headXid, oldest } = await readEventBounds(database.pool);
  if (after.xid >= headXid) return "reload";
  if (oldest && compareEventCursors(after, oldest) < 0) return "reload";
  const { rows } = await database.pool.query<EventRow>(
    "SELECT * FROM read_organization_events($1::uuid, $2::bigint, $3::bigint, $4::integer)",
    [organizationId, after.xid, after.id, replayLimit + 1],
  );
  return rows.length > replayLimit ? "reload" : rows.map(toLoggedEvent);
}

/** A client that missed more than this fetches its screen anew; replaying would cost both sides more. */
const replayLimit = 2000;
