import type { AppointmentChange } from "@creneau/api/appointments/schema";

type ChangeType = AppointmentChange["type"];

/**
 * What is said of each kind of change, each in its own words; null: what is drawn says it all. One for every name that the
 * catalogue of events tells of appointments, which the compiler holds it to. A visitor who looks for a
 * time takes one after another and gives it back, and is a ghost in the grid until they confirm.
 */
export const liveSentences = {
  "appointment.created": "createdBy",
  "appointment.moved": "movedBy",
  "appointment.updated": "updatedBy",
  "appointment.cancelled": "cancelledBy",
  "appointment.status_changed": "statusBy",
  "appointment.undone": "undoneBy",
  "attendee.responded": "respondedBy",
  "appointment.held": null,
  "appointment.hold_extended": null,
  "appointment.released": null,
  connected: null,
  reload: null,
} as const satisfies Record<ChangeType, string | null>;

/** Whether the change leaves nothing behind that could be read. */
export function isEnding(type: ChangeType): boolean {
  return type === "appointment.released";
}
