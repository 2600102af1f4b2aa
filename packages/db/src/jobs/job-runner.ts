import { type JobResult, type JobWithMetadata, PgBoss } from "pg-boss";
import { applicationRole } from "../database.ts";
import type { LogWitness } from "../events/event-log.ts";
import { WatchedClient } from "../watched-client.ts";
import { commonJobSettings, type JobSettings, monitorSettings, queuePolicy } from "./job-settings.ts";
import { queueSchema } from "./queue-schema.ts";

/** One try of one job. */
export interface JobRun {
  id: string;
  data: unknown;
  /** 1 for the first try. */
  attempt: number;
  isLastAttempt: boolean;
  /** Aborted when the job's time is over or the worker closes. */
  signal: AbortSignal;
}

/** A queue and what works it. */
export interface JobQueue {
  name: string;
  settings?: Partial<JobSettings>;
  /** Five fields, UTC; each occurrence is fired once however many workers run. */
  cron?: string;
  /** Jobs that one worker process runs at once. One of them that hangs delays at most one other. */
  concurrency?: number;
  pollingSeconds?: number;
  /**
   * Its jobs reach somebody outside. After the database has gone back in time (a standby took over, a backup was restored)
   * those that may have been done are not done again by themselves: they are dead until somebody retries them.
   */
  isOnceOnly?: boolean;
  /** Rejecting fails the try; a `HopelessJobError` kills the job without further tries. */
  run: (job: JobRun) => Promise<void>;
}

/** Thrown by a job that no retry can help, such as one with invalid data. */
export class HopelessJobError extends Error {
  override readonly name = "HopelessJobError";
}

/** What the runner reports; the worker logs it. Data of jobs are not in it. */
export interface JobRunnerEvents {
  onFailure(failure: {
    queue: string;
    jobId: string;
    attempt: number;
    isLastAttempt: boolean;
    error: unknown;
  }): void;
  onError(error: unknown): void;
}

const defaultConcurrency = 8;
/** What is due waits at most this long; a job carries no NOTIFY. */
const defaultPollingSeconds = 0.5;
/** Two, for pg-boss goes on at once after a full batch only where a batch is more than one. */
const jobsInLane = 2;
/** A lane waits at most this many times as long as a queue of one lane. */
const maxPollingShare = 2;
const drainMs = 20_000;
/** Fetching from a long queue takes longer than a request may. */
const statementMs = 20_000;

/**
 * Works the queues as the application's role; installs nothing. `close` stops fetching and waits for running jobs
 * (20 s; what is left then is retried by another worker).
 */
export async function startJobRunner({
  databaseUrl,
  queues,
  events,
  monitor = monitorSettings,
  witness = () => null,
}: {
  databaseUrl: string;
  queues: JobQueue[];
  events: JobRunnerEvents;
  monitor?: typeof monitorSettings;
  /** What this process's reader has seen of the log (`EventLog.witness`): by it a database that was put back is known. */
  witness?: () => LogWitness | null;
}): Promise<{ close(): Promise<void> }> {
  // Handed on to `pg`: connections that fall silent end by themselves here too.
  const connections = { Client: WatchedClient, silenceMs: statementMs + 2_000, keepAlive: true };
  const boss = new PgBoss({
    ...connections,
    connectionString: databaseUrl,
    options: `-c role=${applicationRole} -c timezone=UTC -c statement_timeout=${statementMs}`,
    application_name: "creneau-worker",
    schema: queueSchema,
    max: 4,
    migrate: false,
    createSchema: false,
    // Rebuilding indexes is the owner's right.
    reindex: false,
    monitorVacuum: false,
    ...monitor,
  });
  boss.on("error", (error) => events.onError(error));
  await boss.start();
  try {
    for (const queue of queues) await settleQueue(boss, queue);
    await settleSchedules(boss, queues);
    for (const queue of queues) await workQueue(boss, queue, { events, witness });
  } catch (error) {
    await boss.stop({ graceful: false, close: true });
    throw error;
  }
  return { close: () => boss.stop({ graceful: true, timeout: drainMs, close: true }) };
}

interface RunParts {
  events: JobRunnerEvents;
  witness: () => LogWitness | null;
}

/** Asked at the last moment: the server that handed the job out may just have taken over from another. */
async function mayRun(boss: PgBoss, jobId: string, witness: LogWitness | null): Promise<boolean> {
  const { rows } = await boss
    .getDb()
    .executeSql("SELECT may_run_job($1::uuid, $2::text, $3::bigint) AS may", [
      jobId,
      witness?.epoch ?? null,
      witness?.xid ?? null,
    ]);
  return (rows as { may: boolean }[])[0]?.may ?? false;
}

/** Gives the queue this version's settings, which later jobs copy. */
async function settleQueue(boss: PgBoss, { name, settings, isOnceOnly }: JobQueue): Promise<void> {
  const statement = isOnceOnly
    ? "INSERT INTO once_only_queue (name) VALUES ($1) ON CONFLICT DO NOTHING"
    : "DELETE FROM once_only_queue WHERE name = $1";
  await boss.getDb().executeSql(statement, [name]);
  const wanted = { ...commonJobSettings, ...settings };
  const existing = await boss.getQueue(name);
  if (!existing) return boss.createQueue(name, { ...wanted, policy: queuePolicy });
  const current = existing as unknown as Record<string, unknown>;
  if (Object.entries(wanted).some(([key, value]) => current[key] !== value))
    await boss.updateQueue(name, wanted);
}

async function settleSchedules(boss: PgBoss, queues: JobQueue[]): Promise<void> {
  const schedules = await boss.getSchedules();
  for (const { name } of schedules) {
    if (!queues.some((queue) => queue.name === name && queue.cron)) await boss.unschedule(name);
  }
  for (const { name, cron } of queues) {
    if (cron && schedules.find((schedule) => schedule.name === name)?.cron !== cron)
      await boss.schedule(name, cron, {});
  }
}

async function workQueue(boss: PgBoss, queue: JobQueue, parts: RunParts): Promise<void> {
  // A batch ends with its slowest job, and the next one is fetched only then: several lanes of a few jobs each, so that what
  // hangs keeps back its own lane alone. Lanes poll by turns, so more of them do not ask more often.
  const concurrency = queue.concurrency ?? defaultConcurrency;
  const lanes = Math.ceil(concurrency / jobsInLane);
  const options = {
    batchSize: Math.min(concurrency, jobsInLane),
    localConcurrency: lanes,
    pollingIntervalSeconds:
      (queue.pollingSeconds ?? defaultPollingSeconds) * Math.min(lanes, maxPollingShare),
    burstWhenBatchFull: true,
    includeMetadata: true,
    perJobResults: true,
  } as const;
  await boss.work(queue.name, options, (jobs: JobWithMetadata<unknown & object>[]) =>
    Promise.all(jobs.map((job) => runJob(boss, job, { queue, ...parts }))),
  );
}

async function runJob(
  boss: PgBoss,
  job: JobWithMetadata<object>,
  { queue, events, witness }: RunParts & { queue: JobQueue },
): Promise<JobResult> {
  const attempt = job.retryCount + 1;
  const isLastAttempt = job.retryCount >= job.retryLimit;
  try {
    // It is dead by now, and what is answered of it here counts for nothing.
    if (queue.isOnceOnly && !(await mayRun(boss, job.id, witness())))
      return { id: job.id, status: "completed" };
    await queue.run({ id: job.id, data: job.data, attempt, isLastAttempt, signal: job.signal });
    return { id: job.id, status: "completed" };
  } catch (error) {
    const isHopeless = error instanceof HopelessJobError;
    events.onFailure({
      queue: queue.name,
      jobId: job.id,
      attempt,
      isLastAttempt: isLastAttempt || isHopeless,
      error,
    });
    const message = error instanceof Error ? error.message : "failed";
    return {
      id: job.id,
      status: isHopeless ? "deadletter" : "failed",
      output: { message: message.slice(0, 500) },
    };
  }
}
