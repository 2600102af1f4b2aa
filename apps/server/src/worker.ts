import type { JobServices } from "@creneau/api/jobs/define-job";
import { jobs } from "@creneau/api/jobs/registry";
import { startHoldSweep } from "@creneau/api/jobs/sweep-holds";
import { HopelessJobError, startJobRunner } from "@creneau/db/jobs/job-runner";

const errorSilenceMs = 10_000;

/** A running worker role. */
export interface Worker {
  /** Takes no further job and waits for the running ones; what is left after 20 s is retried by another worker. */
  close(): Promise<void>;
}

/**
 * Works the job queue, fires its schedules and sweeps expired holds. Any number of processes may; `databaseUrl` is the
 * application's, never the owner's.
 */
export async function startWorker({
  services,
  databaseUrl,
}: {
  services: JobServices;
  databaseUrl: string;
}): Promise<Worker> {
  const { log } = services;
  let lastErrorAt = 0;
  const runner = await startJobRunner({
    databaseUrl,
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
      onError(error) {
        // While the database is away every queue says so twice a second.
        if (Date.now() - lastErrorAt < errorSilenceMs) return;
        lastErrorAt = Date.now();
        log.error({ err: error }, "The job queue cannot be worked");
      },
    },
  });
  const sweep = startHoldSweep(services);
  return {
    async close() {
      await sweep.close();
      await runner.close();
    },
  };
}
