import type { JobServices } from "@creneau/api/jobs/define-job";
import { startHoldSweep } from "@creneau/api/jobs/sweep-holds";
import { jobs, reactions } from "@creneau/api/reactions";
import type { Log } from "@creneau/api/services";
import { startEventConsumers } from "@creneau/db/events/event-consumers";
import type { EventLog } from "@creneau/db/events/event-log";
import { HopelessJobError, startJobRunner } from "@creneau/db/jobs/job-runner";
import { outageOf } from "@creneau/db/outage";

const errorSilenceMs = 10_000;

/** A running worker role. */
export interface Worker {
  /** Takes no further job and waits for the running ones; what is left after 20 s is retried by another worker. */
  close(): Promise<void>;
}

/**
 * Logs faults that come in crowds: while the database is away, several a second. That is no error of ours, and whoever
 * watches the database says it too.
 */
function sparing(log: Log, message: string): (error: unknown) => void {
  let lastAt = 0;
  return (error) => {
    if (Date.now() - lastAt < errorSilenceMs) return;
    lastAt = Date.now();
    const reason = outageOf(error);
    if (reason) log.warn({ reason }, message);
    else log.error({ err: error }, message);
  };
}

/**
 * Follows the event log for whoever reacts to it, works the job queue, fires its schedules and sweeps expired holds. Any
 * number of processes may; `databaseUrl` is the application's, never the owner's.
 */
export async function startWorker({
  services,
  events,
  databaseUrl,
}: {
  services: JobServices;
  /** The process's reader of the log. */
  events: Pick<EventLog, "witness">;
  databaseUrl: string;
}): Promise<Worker> {
  const { log, database } = services;
  const runner = await startJobRunner({
    databaseUrl,
    witness: () => events.witness,
    queues: jobs.map((job) => job(services)),
    events: {
      onFailure({ error, isLastAttempt, ...failure }) {
        const reason = error instanceof Error ? error.name : "unknown";
        if (isLastAttempt || error instanceof HopelessJobError) {
          log.error({ ...failure, reason, err: error }, "A job is dead");
        } else {
          log.warn({ ...failure, reason }, "A job failed and will be tried again");
        }
      },
      onError: sparing(log, "The job queue cannot be worked"),
    },
  });
  const consumers = await startEventConsumers({
    database,
    consumers: reactions,
    witness: () => events.witness,
    events: {
      onFailure({ error, ...failure }) {
        if (failure.retrySeconds === null) {
          log.error({ ...failure, err: error }, "An event is parked: it cannot be reacted to");
        } else {
          const reason = error instanceof Error ? error.name : "unknown";
          log.warn({ ...failure, reason }, "An event could not be reacted to and will be tried again");
        }
      },
      onError: sparing(log, "The event log cannot be followed"),
    },
  });
  const sweep = startHoldSweep(services);
  return {
    async close() {
      await Promise.all([consumers.close(), sweep.close()]);
      await runner.close();
    },
  };
}
