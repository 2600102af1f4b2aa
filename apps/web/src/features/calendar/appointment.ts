import type { Outputs } from "../../trpc/react.ts";

/** An appointment as the staff's lists give it. */
export type Appointment = Outputs["appointments"]["list"]["items"][number];
export type Provider = Outputs["directory"]["providers"]["list"]["items"][number];
export type Room = Outputs["directory"]["rooms"]["list"]["items"][number];
export type Site = Outputs["directory"]["sites"]["list"]["items"][number];

/** Every status, in the order an appointment goes through them. */
export const appointmentStatuses: readonly Appointment["status"][] = [
  "held",
  "pending",
  "confirmed",
  "in_progress",
  "completed",
  "no_show",
  "cancelled",
];

const settled = new Set<Appointment["status"]>(["held", "completed", "no_show", "cancelled", "in_progress"]);

/** Whether the appointment stays where it is: it is over, has begun, or is still being booked. */
export function isSettled({ status }: Pick<Appointment, "status">): boolean {
  return settled.has(status);
}

/** What to call an appointment on screen: its client, else its title, else its service. */
export function appointmentTitle(
  appointment: Pick<Appointment, "clientName" | "title" | "serviceName">,
  fallback: string,
): string {
  return appointment.clientName || appointment.title || appointment.serviceName || fallback;
}
