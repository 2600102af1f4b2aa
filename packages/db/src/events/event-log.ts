import type { Database } from "../database.ts";
import { DoorbellListener } from "./doorbell-listener.ts";
import type { EventCursor } from "./event-cursor.ts";

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
/** A reader that has not managed to look for this long stands still: forty polls. */
const stalledMs = 10_000;
/**
 * A transaction that was seen so long ago is on the disk: a crash takes less than a second of unflushed commits along. What
 * is known since then proves nothing.
 */
const flushedMs = 2_000;
/** Epochs that may begin within one look. */
const mostSettled = 3;
/** A look takes its place in the queue of the pool; above this it is late. */
const lateMs = 1_000;

/** Largest id inside a transaction: a cursor that has seen all of it. */
const endOfTransaction = Number.MAX_SAFE_INTEGER;

/** What a process knows to have been: in this epoch, this transaction id had been given out and was on the disk. */
export interface LogWitness {
  epoch: string;
  xid: number;
}

/** A row of an answer about the log: where it stands and an event, or null in all of an event's columns. */
export type StateRow<State> = State & { [Column in keyof EventRow]: EventRow[Column] | null };

/** The events of such an answer, which has one row without an event when there is none. */
export function eventRowsOf<State>(rows: StateRow<State>[]): (State & EventRow)[] {
  return rows.filter((row): row is StateRow<State> & EventRow => row.id !== null);
}

/**
 * The process's one reader of the event log. It follows (xid, id) over rows that no running transaction could still
 * precede, so nothing is skipped and nothing comes twice, and hands each event to the listeners of its organization.
 * The doorbell makes it look at once; the poll makes a lost doorbell harmless.
 *
 * Its place belongs to an epoch of the log. When the database turns out to be another one, or the same at an earlier point
 * (a standby took over, a backup was restored), the reader goes on from the head and says so (`onBreak`).
 */
export class EventLog {
  readonly #database: Database;
  readonly #listeners = new Map<string, Set<EventListener>>();
  readonly #everywhere = new Set<EventListener>();
  readonly #breakListeners = new Set<() => void>();
  readonly #doorbell: DoorbellListener;
  #position: EventCursor = { epoch: "", xid: 0, id: 0 };
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #lookAgain = false;
  #stopped = false;
  #deliveryLagSeconds = 0;
  /** When the last look at the log succeeded, by the monotonic clock; null while it has not begun. */
  #lookedAt: number | null = null;
  /** The last transaction ids that were seen, some seconds ago and since. */
  #seen: { at: number; witness: LogWitness; flushed: LogWitness | null } | null = null;

  constructor(database: Database) {
    this.#database = database;
    this.#doorbell = new DoorbellListener({ url: database.url, onRing: () => this.#look() });
  }

  /** Everything at or before this has been delivered to the listeners. */
  get position(): EventCursor {
    return this.#position;
  }

  /** Seconds between the commit of the newest event delivered and its delivery, or since a look that is late. */
  get lagSeconds(): number {
    const sinceLook = this.#lookedAt === null ? 0 : performance.now() - this.#lookedAt;
    return Math.max(this.#deliveryLagSeconds, sinceLook > lateMs ? sinceLook / 1000 : 0);
  }

  /** Whether the log has not been read for so long that live screens of this process show the past. */
  get isStalled(): boolean {
    return this.#lookedAt !== null && performance.now() - this.#lookedAt > stalledMs;
  }

  /**
   * What must still be there, for those who ask whether the database has gone back in time; null in a process that has just
   * begun. A folder put back says nothing of it by itself.
   */
  get witness(): LogWitness | null {
    return this.#seen?.flushed ?? null;
  }

  /** Starts at the present: events committed before are not delivered (a subscription resumes them by itself). */
  async start(): Promise<void> {
    await this.#settle();
    this.#lookedAt = performance.now();
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

  /**
   * Calls back when what was read before may be wrong, all of it: caches are emptied, whoever follows is told to read anew.
   * Returns how to stop. What happens from then on is delivered as ever.
   */
  onBreak(listener: () => void): () => void {
    this.#breakListeners.add(listener);
    return () => this.#breakListeners.delete(listener);
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
    for (let settled = 0; ; ) {
      const { epoch, xid, id } = this.#position;
      const { rows } = await this.#database.pool.query<StateRow<{ epoch: string | null; next_xid: number }>>({
        name: "follow_events",
        text: `SELECT f.epoch, f.next_xid, (f.event).* FROM follow_events($1::text, $2::bigint, $3::bigint, $4::integer) AS f`,
        values: [epoch, xid, id, batchSize],
      });
      const [state] = rows;
      if (!state) throw new Error("follow_events answered nothing");
      if (state.epoch !== epoch || xid >= state.next_xid) {
        // Two servers that answer in turn would keep this going for ever.
        if (settled === mostSettled) throw new Error("The log's epoch does not stay");
        settled += 1;
        await this.#settle();
        continue;
      }
      this.#lookedAt = performance.now();
      this.#bear({ epoch, xid: state.next_xid - 1 });
      for (const row of eventRowsOf(rows)) this.#deliver(toLoggedEvent(row, epoch));
      if (rows.length < batchSize) return;
    }
  }

  #bear(witness: LogWitness): void {
    const at = performance.now();
    if (this.#seen && at - this.#seen.at < flushedMs) return;
    this.#seen = { at, witness, flushed: this.#seen?.witness ?? null };
  }

  /** Finds its place in the epoch that the log is in now: the old one, or the head where that does not hold any more. */
  async #settle(): Promise<void> {
    const { pool } = this.#database;
    const { epoch: before, xid } = this.#position;
    await settleEpoch(this.#database, this.witness);
    const { rows } = await pool.query<{ epoch: string | null; head_xid: number; holds: boolean }>(
      "SELECT s.epoch, s.head_xid, position_holds($1::text, $2::bigint) AS holds FROM log_state() s",
      [before, xid],
    );
    const [state] = rows;
    // Another server answered the second question: the next look asks again.
    if (!state?.epoch) throw new Error("The log's epoch could not be settled");
    this.#seen = null;
    if (state.holds) {
      this.#position = { ...this.#position, epoch: state.epoch };
      return;
    }
    this.#position = { epoch: state.epoch, xid: state.head_xid - 1, id: endOfTransaction };
    if (before) for (const listener of [...this.#breakListeners]) listener();
  }

  #deliver(event: LoggedEvent): void {
    this.#position = event.cursor;
    this.#deliveryLagSeconds = Math.max(0, (Date.now() - event.createdAt.getTime()) / 1000);
    for (const listener of this.#everywhere) listener(event);
    for (const listener of this.#listeners.get(event.organizationId) ?? []) listener(event);
  }
}

/** Has the log's epoch begun, if it has to be; `witness` is what the asking process has seen. */
export async function settleEpoch(
  { pool }: Pick<Database, "pool">,
  witness: LogWitness | null,
): Promise<void> {
  await pool.query("SELECT settle_epoch($1::text, $2::bigint)", [
    witness?.epoch ?? null,
    witness?.xid ?? null,
  ]);
}

/** The event of a row, as one of that epoch. */
export function toLoggedEvent(row: EventRow, epoch: string): LoggedEvent {
  return {
    cursor: { epoch, xid: row.xid, id: row.id },
    organizationId: row.organization_id,
    type: row.type,
    entityId: row.entity_id,
    version: row.version,
    actor: { kind: row.actor_kind, userId: row.actor_user_id, id: row.actor_id, name: row.actor_name },
    payload: row.payload,
    createdAt: row.created_at,
  };
}

/** A client that missed more than this fetches its screen anew; replaying would cost both sides more. */
const replayLimit = 2000;

/**
 * The organization's events after a cursor, oldest first, up to what is safe to read now. Answers "reload" when the log
 * does not reach back that far, or when the cursor was taken in a history that is not this one (any more).
 */
export async function readEventsAfter(
  { pool }: Pick<Database, "pool">,
  organizationId: string,
  after: EventCursor,
): Promise<LoggedEvent[] | "reload"> {
  const { rows } = await pool.query<StateRow<{ epoch: string | null; is_reachable: boolean }>>({
    name: "replay_events",
    text: `SELECT r.epoch, r.is_reachable, (r.event).*
           FROM replay_events($1::uuid, $2::text, $3::bigint, $4::bigint, $5::integer) AS r`,
    values: [organizationId, after.epoch, after.xid, after.id, replayLimit + 1],
  });
  const [state] = rows;
  if (!state?.is_reachable || !state.epoch || rows.length > replayLimit) return "reload";
  const { epoch } = state;
  return eventRowsOf(rows).map((row) => toLoggedEvent(row, epoch));
}
