import type { EventInput } from "@fullcalendar/core";
import { type Appointment, appointmentTitle, isSettled, type Provider } from "./appointment.ts";

/** What an event of the grid carries beside its time. */
export type AppointmentEventProps = { appointment: Appointment; colour: string; providerName: string };

/** Column of the appointments without a room. */
export const noRoom = "no-room";

const neutralColour = "#64748b";

type AppointmentEventsRequest = {
  appointments: readonly Appointment[];
  providers: ReadonlyMap<string, Provider>;
  /** Whether this person may move this appointment; the server has the last word. */
  canChange: (appointment: Appointment) => boolean;
  fallbackTitle: string;
  columnsBy: "provider" | "room";
};

/** Appointments as events of the grid, coloured by provider. */
export function appointmentEvents(request: AppointmentEventsRequest): EventInput[] {
  return request.appointments.map((appointment) => {
    const provider = request.providers.get(appointment.providerId);
    const extendedProps: AppointmentEventProps = {
      appointment,
      colour: provider?.colour ?? neutralColour,
      providerName: provider?.name ?? "",
    };
    return {
      id: appointment.id,
      title: appointmentTitle(appointment, request.fallbackTitle),
      start: appointment.startsAt,
      end: appointment.endsAt,
      resourceId: request.columnsBy === "room" ? (appointment.roomId ?? noRoom) : appointment.providerId,
      editable: request.canChange(appointment) && !isSettled(appointment),
      extendedProps,
    };
  });
}
