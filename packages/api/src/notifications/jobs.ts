import { z } from "zod";
import { notifyJob } from "../appointments/jobs.ts";
import { defineJob } from "../jobs/define-job.ts";
import { notifyAppointment } from "./notify-appointment.ts";

/** Tells client and attendees of a change; queued by the change itself, due when it can no longer be taken back. */
export const notifyAppointmentJob = defineJob(
  {
    name: notifyJob,
    schema: z.object({
      organizationId: z.uuid(),
      appointmentId: z.uuid(),
      change: z.string().max(32),
      version: z.int().positive(),
    }),
    options: { concurrency: 8, isOnceOnly: true },
  },
  notifyAppointment,
);
