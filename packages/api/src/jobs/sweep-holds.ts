import { outageOf } from "@creneau/db/outage";
import type { JobServices } from "./define-job.ts";

const intervalMs = 3000;
const batchSize = 500;

/**
 * Frees expired holds of every organization, and tells their readers; returns how many. Any number of processes may do
 * it at once: rows that another one has locked are skipped, and each hold is deleted by exactly one.
 */
export async function sweepHolds({ database }: Pick<JobServices, "database">): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await database.pool.query<{ count: number }>("SELECT sweep_expired_holds($1) AS count", [
      batchSize,
    ]);
    const count = rows[0]?.count ?? 0;
    total += count;
    if (count < batchSize) break;
  }
  if (total > 0) database.doorbell.ring();
  return total;
}

/**
 * Sweeps every few seconds in each worker. A timer and not a schedule: cron has whole minutes, and a job row for every
 * sweep would cost more than the sweep, which is one look at a partial index.
 */
export function startHoldSweep(services: JobServices): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = sweepHolds(services)
      .catch((error: unknown) => {
        // While the database is away, which others say, the next round looks again.
        if (!outageOf(error)) services.log.error({ err: error }, "Expired holds could not be swept");
      })
      .finally(() => {
        isRunning = false;
      });
  }, intervalMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
