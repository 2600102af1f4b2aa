import { refreshNextAvailableJob, refreshOnChange } from "./availability/jobs.ts";
import { sendPortalLinkJob } from "./client-links/jobs.ts";
import type { Job } from "./jobs/define-job.ts";
import type { Reaction } from "./jobs/define-reaction.ts";
import { pruneJob } from "./jobs/prune.ts";
import { settleLostMessagesJob } from "./jobs/settle-lost-messages.ts";
import { tellOfChanges } from "./notifications/jobs.ts";
import { tendToWaiting, waitlistClockJob } from "./waitlist/jobs.ts";

/** The one list of who reacts to what happened. Whoever writes does not know it. */
export const reactions: readonly Reaction[] = [tellOfChanges, tendToWaiting, refreshOnChange];

/** What runs by the clock. */
const schedules: readonly Job[] = [
  refreshNextAvailableJob,
  waitlistClockJob,
  settleLostMessagesJob,
  pruneJob,
];

/** What a slice's own use cases queue. */
const errands: readonly Job[] = [sendPortalLinkJob];

/** Every job the worker runs; what is not among them is queued and never run. */
export const jobs: readonly Job[] = [
  ...reactions.flatMap((reaction) => reaction.jobs),
  ...schedules,
  ...errands,
];
