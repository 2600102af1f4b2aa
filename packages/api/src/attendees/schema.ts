import { z } from "zod";
import { attendeeSchema, attendeeView } from "../appointments/schema.ts";
import { id } from "../fields/schema.ts";

export const addAttendeesInput = z.object({
  appointmentId: id,
  attendees: z.array(attendeeSchema).min(1).max(50),
  /** Tells the new attendees of the appointment. */
  notify: z.boolean().default(true),
});
/** Tells those who were held back. */
export const releaseInput = z.object({ appointmentId: id });
export const removeAttendeeInput = z.object({ id });
export const respondInput = z.object({
  id,
  status: z.enum(["needs_action", "accepted", "declined", "tentative"]),
});
/** The attendees as they are now, and the appointment's version. */
export const attendeesView = z.object({
  appointmentId: id,
  version: z.int(),
  attendees: z.array(attendeeView),
});
export type AttendeesView = z.infer<typeof attendeesView>;
