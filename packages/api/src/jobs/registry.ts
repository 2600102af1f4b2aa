import { refreshNextAvailableJob, refreshOrganizationJob } from "../availability/jobs.ts";
import { notifyAppointmentJob } from "../notifications/jobs.ts";
import { matchWaitlistJob, tellWaitingJob, waitlistClockJob } from "../waitlist/jobs.ts";
import type { Job } from "./define-job.ts";
import { pruneJob } from "./prune.ts";

/** Every job the worker runs. A slice adds its own here; what is not listed is queued and never run. */
export const jobs: Job[] = [
  notifyAppointmentJob,
  refreshNextAvailableJob,
  refreshOrganizationJob,
  waitlistClockJob,
  matchWaitlistJob,
  tellWaitingJob,
  pruneJob,
];
