import type { AskedJob } from "@creneau/db/events/event-consumer";
import type { NewJob } from "@creneau/db/jobs/enqueue";
import { z } from "zod";
import type { KnownEvent } from "../event-catalogue.ts";
import { defineJob } from "../jobs/define-job.ts";
import { defineReaction, settledAt } from "../jobs/define-reaction.ts";
import { notifyAppointment } from "./notify-appointment.ts";

const name = "appointments.notify";

/** What a notice may be about, and what it is called in a notice's job. */
const changes = {
  "appointment.created": "created",
  "appointment.moved": "moved",
  "appointment.updated": "updated",
  "appointment.cancelled": "cancelled",
  "appointment.status_changed": "confirmed",
} as const;

type Told = keyof typeof changes;

/** Tells client and attendees of a change. */
const notifyAppointmentJob = defineJob(
  {
    name,
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

/** One notice for each version of an appointment. */
const keyOf = (appointmentId: string, version: number) => `${appointmentId} ${version}`;

function noticeOf({ entityId, version }: KnownEvent<Told | "appointment.undone">, change: string): NewJob {
  const made = version ?? 0;
  return {
    name,
    data: { appointmentId: entityId, change, version: made },
    dedupeKey: keyOf(entityId, made),
  };
}

/**
 * Notices of changes, due when they can no longer be taken back. One that is taken back takes its notice along if that
 * still waits; should it have gone out in the last moment, whoever was told is told again, and whoever was not finds
 * nothing new.
 */
export const tellOfChanges = defineReaction({
  name: "notifications.appointments",
  on: [...(Object.keys(changes) as Told[]), "appointment.undone"],
  react(event): AskedJob[] {
    if (event.type === "appointment.undone") {
      const dedupeKey = keyOf(event.entityId, event.payload.undoneVersion);
      return [{ name, dedupeKey, isTakenBack: true }, noticeOf(event, "undone")];
    }
    // Not only false: changes of the version before queued their notices themselves.
    if (event.payload.notify !== true) return [];
    return [{ ...noticeOf(event, changes[event.type]), startAfter: settledAt(event) }];
  },
  jobs: [notifyAppointmentJob],
});
