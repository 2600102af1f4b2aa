import type { NewJob } from "@creneau/db/jobs/enqueue";

/** Job that tells client and attendees of a change; due only when the change can no longer be taken back. */
export const notifyJob = "appointments.notify";

export type NotifyChange = "created" | "moved" | "updated" | "cancelled" | "confirmed" | "undone";

/** The notice of a change, due at `startAfter`; it reads the appointment anew when it runs. */
export function notifyOf(
  appointmentId: string,
  change: NotifyChange,
  version: number,
  startAfter: Date,
): NewJob {
  return { name: notifyJob, data: { appointmentId, change, version }, startAfter };
}
