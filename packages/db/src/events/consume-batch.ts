import type { PoolClient } from "pg";
import type { Database } from "../database.ts";
import { sqlState } from "../sql-state.ts";
import type { AskedJob, EventConsumer, ReactionFailure } from "./event-consumer.ts";
import {
  eventRowsOf,
  type LoggedEvent,
  type LogWitness,
  type StateRow,
  settleEpoch,
  toLoggedEvent,
} from "./event-log.ts";

/** Seconds until each further try of an event whose reaction failed; after the last one it is parked. */
export const retrySeconds = [5, 30, 180, 900];

/** What a batch came to. */
export interface ConsumedBatch {
  /** Whether there is more to read at once. */
  hasMore: boolean;
  failures: ReactionFailure[];
}

interface BatchState {
  epoch: string;
  reached_xid: number | null;
  reached_id: number | null;
  has_more: boolean;
  attempts: number | null;
}

interface BatchOptions {
  consumer: EventConsumer;
  /** Events of the log looked at in one transaction. */
  maxRows: number;
  delays?: readonly number[];
  /** What this process has seen of the log, so that a database that has gone back in time is not believed. */
  witness?: () => LogWitness | null;
}

/** A job as `settle_reactions` takes it. */
interface SettledJob {
  event: number;
  name: string;
  key?: string | undefined;
  data?: Record<string, unknown>;
  startAfter?: string;
  isTakenBack?: true;
}

type Settle = (batch: {
  reached: ReadBatch["reached"];
  jobs: SettledJob[];
  failures: ReactionFailure[];
  handled: number[];
}) => Promise<void>;

/**
 * Reads a consumer's next events, asks it for their jobs, queues them and moves its position, all in one transaction: a
 * process that dies anywhere in it has done nothing. Another worker's batch in progress makes it an empty one.
 */
export async function consumeBatch(database: Database, options: BatchOptions): Promise<ConsumedBatch> {
  try {
    return await inBatch(database, (client) => consumeTogether(client, options));
  } catch (error) {
    if (hasNoPlace(error)) {
      await settleEpoch(database, options.witness?.() ?? null);
      await registerConsumers(database, [options.consumer]);
      return { hasMore: true, failures: [] };
    }
    if (!isOfData(error)) throw error;
    // One event's jobs cannot be queued: the others' are, each on its own.
    return inBatch(database, (client) => consumeSingly(client, options));
  }
}

/**
 * Makes consumers known. Called by every process as it starts, whatever its role: a new consumer begins where the first
 * process that knows it does, not where the first worker happens to come along.
 */
export async function registerConsumers(
  { pool }: Pick<Database, "pool">,
  consumers: readonly Pick<EventConsumer, "name" | "types">[],
): Promise<void> {
  for (const { name, types } of consumers)
    await pool.query("SELECT register_consumer($1::text, $2::text[])::text", [name, types]);
}

async function inBatch(
  { pool }: Database,
  work: (client: PoolClient) => Promise<ConsumedBatch>,
): Promise<ConsumedBatch> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Nothing waits for the disk: position and jobs are lost together, and whoever acts on a job commits after this.
    await client.query("BEGIN; SET LOCAL synchronous_commit = off");
    const batch = await work(client);
    await client.query("COMMIT");
    return batch;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function consumeTogether(client: PoolClient, options: BatchOptions): Promise<ConsumedBatch> {
  const { consumer } = options;
  const { epoch, rows, reached, hasMore } = await read(client, options);
  const jobs: SettledJob[] = [];
  const failures: ReactionFailure[] = [];
  const handled: number[] = [];
  for (const row of rows) {
    const asked = askFor(consumer, row);
    if (asked.error === undefined) {
      jobs.push(...asked.jobs);
      if (row.attempts !== null) handled.push(row.event.cursor.id);
    } else failures.push(failureOf(row, { ...options, error: asked.error }));
  }
  if (reached || rows.length > 0)
    await settleWith(client, { consumer, epoch })({ reached, jobs, failures, handled });
  return { hasMore, failures };
}

async function consumeSingly(client: PoolClient, options: BatchOptions): Promise<ConsumedBatch> {
  const { consumer } = options;
  const { epoch, rows, reached, hasMore } = await read(client, options);
  const settle = settleWith(client, { consumer, epoch });
  const failures: ReactionFailure[] = [];
  const handled: number[] = [];
  for (const row of rows) {
    let { error, jobs } = askFor(consumer, row);
    if (error === undefined && jobs.length > 0) {
      await client.query("SAVEPOINT one_event");
      try {
        await settle({ reached: null, jobs, failures: [], handled: [] });
      } catch (settleError) {
        if (!isOfData(settleError)) throw settleError;
        await client.query("ROLLBACK TO SAVEPOINT one_event");
        error = settleError;
      }
    }
    if (error !== undefined) failures.push(failureOf(row, { ...options, error }));
    else if (row.attempts !== null) handled.push(row.event.cursor.id);
  }
  await settle({ reached, jobs: [], failures, handled });
  return { hasMore, failures };
}

/** What a batch is about, before anybody has reacted. */
interface ReadBatch {
  /** The epoch of the log that it was read in; empty while another worker is at it. */
  epoch: string;
  rows: ReadEvent[];
  /** Transaction id and id of the last event that was looked at; null: there was none. */
  reached: [number, number] | null;
  hasMore: boolean;
}

interface ReadEvent {
  event: LoggedEvent;
  /** Of an event that was parked: tries before this one. */
  attempts: number | null;
}

async function read(client: PoolClient, { consumer, maxRows }: BatchOptions): Promise<ReadBatch> {
  const { rows } = await client.query<StateRow<BatchState>>({
    name: "consume_events",
    text: `SELECT c.epoch, c.reached_xid, c.reached_id, c.has_more, c.attempts, (c.event).*
           FROM consume_events($1::text, $2::integer) AS c`,
    values: [consumer.name, maxRows],
  });
  const { epoch = "", has_more = false, reached_xid = null, reached_id = null } = rows[0] ?? {};
  return {
    epoch,
    reached: reached_xid === null || reached_id === null ? null : [reached_xid, reached_id],
    hasMore: has_more,
    rows: eventRowsOf(rows).map((row) => ({ event: toLoggedEvent(row, epoch), attempts: row.attempts })),
  };
}

function askFor(
  { react }: EventConsumer,
  { event }: ReadEvent,
): { jobs: SettledJob[]; error?: undefined } | { jobs: SettledJob[]; error: unknown } {
  try {
    return { jobs: react(event).map((job) => settledJob(event, job)) };
  } catch (error) {
    return { jobs: [], error: error ?? new Error("The reaction failed without an error") };
  }
}

function settledJob({ cursor }: LoggedEvent, job: AskedJob): SettledJob {
  const { name, dedupeKey: key } = job;
  if ("isTakenBack" in job) return { event: cursor.id, name, key, isTakenBack: true };
  const { data, startAfter } = job;
  return { event: cursor.id, name, key, data, ...(startAfter && { startAfter: startAfter.toISOString() }) };
}

function failureOf(
  { event, attempts }: ReadEvent,
  { consumer, error, delays = retrySeconds }: BatchOptions & { error: unknown },
): ReactionFailure {
  return {
    consumer: consumer.name,
    eventId: event.cursor.id,
    type: event.type,
    attempt: (attempts ?? 0) + 1,
    retrySeconds: delays[attempts ?? 0] ?? null,
    error,
  };
}

function settleWith(
  client: PoolClient,
  { consumer: { name }, epoch }: { consumer: EventConsumer; epoch: string },
): Settle {
  return async ({ reached, jobs, failures, handled }) => {
    const noted = failures.map(({ eventId, error, retrySeconds }) => ({
      event: eventId,
      reason: reasonOf(error),
      retrySeconds,
    }));
    await client.query({
      name: "settle_reactions",
      text: "SELECT settle_reactions($1::text, $2::text, $3::bigint, $4::bigint, $5::jsonb, $6::jsonb, $7::bigint[])::text",
      values: [
        name,
        epoch,
        reached?.[0] ?? null,
        reached?.[1] ?? null,
        JSON.stringify(jobs),
        JSON.stringify(noted),
        handled,
      ],
    });
  };
}

/** What PostgreSQL can store of an error's message. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "failed";
  return message.slice(0, 500).replaceAll("\0", "").toWellFormed();
}

/** Whether what was written is at fault (bad data, a broken constraint), not the database or the way to it. */
function isOfData(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? "");
}

/** The database was restored from before the consumer existed, or its place is of an epoch that is over. */
function hasNoPlace(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "P0002";
}
