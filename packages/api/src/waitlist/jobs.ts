import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue, type NewJob } from "@creneau/db/jobs/enqueue";
import { z } from "zod";
import { defineJob } from "../jobs/define-job.ts";
import { defineReaction, settledAt } from "../jobs/define-reaction.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { matchWaitlist } from "./match-waitlist.ts";
import { openWaitlistWork } from "./open-entry.ts";
import { tellWaiting } from "./tell-waiting.ts";

const match = "waitlist.match";

const tell = "waitlist.tell";

/** Looks for times for those who wait; many reasons to look are one job. */
function matchOf(): NewJob {
  return { name: match, data: {}, dedupeKey: "match" };
}

/** Reasons to look that come within this time of each other are one job; all in one would be put off by each of them. */
const gatherMs = 10_000;

/** Looks once a time has come free for good. */
function matchAt(startAfter: Date): NewJob {
  return { ...matchOf(), startAfter, dedupeKey: `freed ${Math.floor(startAfter.getTime() / gatherMs)}` };
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
const matchWaitlistJob = defineJob(
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

const tellWaitingJob = defineJob(
  {
    name: tell,
    schema: z.object({ organizationId: z.uuid(), entryId: z.uuid(), appointmentId: z.uuid().optional() }),
    options: { concurrency: 4, isOnceOnly: true },
  },
  tellWaiting,
);

/**
 * A time comes free when an appointment leaves it, an offer is given back or a wish that had one ends. Whoever joins, or is
 * offered something, is written to.
 */
export const tendToWaiting = defineReaction({
  name: "waitlist",
  on: [
    "appointment.cancelled",
    "appointment.moved",
    "appointment.undone",
    "waitlist.joined",
    "waitlist.offered",
    "waitlist.declined",
    "waitlist.left",
  ],
  react(event) {
    switch (event.type) {
      case "waitlist.joined":
        return [{ name: tell, data: { entryId: event.entityId }, dedupeKey: event.entityId }, matchOf()];
      case "waitlist.offered": {
        const { appointmentId } = event.payload;
        return [{ name: tell, data: { entryId: event.entityId, appointmentId }, dedupeKey: appointmentId }];
      }
      case "waitlist.declined":
        return [matchOf()];
      case "waitlist.left":
        // Looking is what found that it is over.
        return event.payload.reason === "over" ? [] : [matchOf()];
      case "appointment.undone":
        return [matchAt(event.createdAt)];
      default:
        return [matchAt(settledAt(event))];
    }
  },
  jobs: [matchWaitlistJob, tellWaitingJob],
});
