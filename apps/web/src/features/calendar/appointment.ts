import type { Outputs } from "../../trpc/react.ts";

/** An appointment as the staff's lists give it. */
export type Appointment = Outputs["appointments"]["list"]["items"][number];
export type Provider = Outputs["directory"]["providers"]["list"]["items"][number];
export type Site = Outputs["directory"]["sites"]["list"]["items"][number];

/** What to call an appointment on screen: its client, else its title, else its service. */
export function appointmentTitle(appointment: Appointment, fallback: string): string {
  return appointment.clientName || appointment.title || appointment.serviceName || fallback;
}
