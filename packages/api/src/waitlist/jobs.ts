import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue, type NewJob } from "@creneau/db/jobs/enqueue";
import { z } from "zod";
import { defineJob } from "../jobs/define-job.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { matchWaitlist } from "./match-waitlist.ts";
import { openWaitlistWork } from "./open-entry.ts";
import { tellWaiting } from "./tell-waiting.ts";

const match = "waitlist.match";

/** Looks for times for those who wait; many reasons to look are one job. The database queues it too (`waitlist_freed`). */
export function matchOf(): NewJob {
  return { name: match, data: {}, dedupeKey: "match" };
}

/** The mail that says that somebody is on the list. */
export function joinedOf(entryId: string): NewJob {
  return { name: "waitlist.tell", data: { entryId }, dedupeKey: entryId };
}

/** Every minute, for what no change announces: a hold lapses, a day comes into reach, leave is taken back. */
export const waitlistClockJob = defineJob(
  {
    name: "waitlist.clock",
    schema: z.looseObject({}),
    options: { cron: "* * * * *", concurrency: 1, pollingSeconds: 5, settings: { retryLimit: 1 } },
  },
  async (_data, { database }) => {
    const { rows } = await database.pool.query<{ id: string }>(
      "SELECT id FROM waiting_organizations() AS id",
    );
    for (const { id } of rows) {
      await inTenantSql(database, scopeOfJob({ organizationId: id }), (tx) => enqueue(tx, matchOf()));
    }
  },
);

/** Offers of one organization. */
export const matchWaitlistJob = defineJob(
  {
    name: match,
    schema: z.object({ organizationId: z.uuid() }),
    // One at a time: first come, first served.
    options: { concurrency: 1, pollingSeconds: 2, settings: { retryLimit: 1 } },
  },
  async (data, services) => {
    await matchWaitlist(openWaitlistWork(services, scopeOfJob(data)));
  },
);

export const tellWaitingJob = defineJob(
  {
    name: "waitlist.tell",
    schema: z.object({ organizationId: z.uuid(), entryId: z.uuid(), appointmentId: z.uuid().optional() }),
    options: { concurrency: 4, isOnceOnly: true },
  },
  tellWaiting,
);
