import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Longer than a message can be on its way, its last words to the database included. */
const silence = "5 minutes";

/** Every minute: a message that a fault overtook does not stay on its way for ever, but says so. */
export const settleLostMessagesJob = defineJob(
  {
    name: "messages.settle_lost",
    schema: z.looseObject({}),
    options: { cron: "* * * * *", concurrency: 1, pollingSeconds: 10, settings: { retryLimit: 1 } },
  },
  async (_data, { database, log }) => {
    const { rows } = await database.pool.query<{ count: number }>(
      "SELECT settle_lost_messages($1::interval) AS count",
      [silence],
    );
    const lost = rows[0]?.count ?? 0;
    if (lost > 0) log.warn({ messages: lost }, "Messages were interrupted on their way");
  },
);
