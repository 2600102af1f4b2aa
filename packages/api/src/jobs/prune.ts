import { z } from "zod";
import { defineJob, type JobServices } from "./define-job.ts";

/** A reader of the event log that was away for longer than this is told to reload. */
const keepEvents = "30 days";
/** Wishes that are over name people nobody waits for any more. */
const keepEndedWaitsDays = 30;

/** Removes what has served: events, used undos, spent tokens, full rate counters, wishes long over, old notices, finished jobs. */
export async function prune({ database, log, now }: JobServices): Promise<void> {
  const { pool } = database;
  const events = await pool.query<{ count: number }>("SELECT prune_events($1::interval) AS count", [
    keepEvents,
  ]);
  const expired = await pool.query("SELECT undos, oauth_states, notifications, jobs FROM prune_expired()");
  // Neither belongs to an organization.
  const at = now();
  const tokens = await pool.query("DELETE FROM sign_in_token WHERE expires_at < $1", [new Date(at)]);
  const waiting = await pool.query<{ count: number }>("SELECT prune_waitlist($1) AS count", [
    new Date(at - keepEndedWaitsDays * 86_400_000),
  ]);
  const rates = await pool.query("DELETE FROM rate_limit WHERE expire < $1", [at]);
  log.info(
    {
      events: events.rows[0]?.count,
      ...expired.rows[0],
      waitlistEntries: waiting.rows[0]?.count,
      signInTokens: tokens.rowCount,
      rateLimits: rates.rowCount,
    },
    "Pruned what has served",
  );
}

export const pruneJob = defineJob(
  {
    name: "maintenance.prune",
    schema: z.looseObject({}),
    options: {
      cron: "17 * * * *",
      concurrency: 1,
      pollingSeconds: 10,
      settings: { expireInSeconds: 900, retryLimit: 2 },
    },
  },
  (_data, services) => prune(services),
);
