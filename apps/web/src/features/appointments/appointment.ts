import type { Outputs } from "../../trpc/react.ts";

/** An appointment as the staff's lists give it. */
export type Appointment = Outputs["appointments"]["list"]["items"][number];
export type AppointmentDetail = Outputs["appointments"]["byId"];
export type Status = Appointment["status"];

/** What to call an appointment on screen: its client, else its title, else its service. */
export function titleOf(
  appointment: Pick<Appointment, "clientName" | "title" | "serviceName">,
  fallback: string,
): string {
  return appointment.clientName || appointment.title || appointment.serviceName || fallback;
}
