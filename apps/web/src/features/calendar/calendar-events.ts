import type { EventInput } from "@fullcalendar/core";
import { type Appointment, appointmentTitle, isSettled, type Provider, type Room } from "./appointment.ts";

/** What an event of the grid carries beside its time. */
export type AppointmentEventProps = {
  appointment: Appointment;
  colour: string;
  providerName: string;
  roomName: string | null;
};

/** Column of the appointments without a room. */
export const noRoom = "no-room";

const neutralColour = "#64748b";

type AppointmentEventsRequest = {
  appointments: readonly Appointment[];
  providers: ReadonlyMap<string, Provider>;
  rooms: readonly Room[];
  /** Whether this person may move this appointment; the server has the last word. */
  canChange: (appointment: Appointment) => boolean;
  fallbackTitle: string;
  columnsBy: "provider" | "room" | null;
};

/**
 * The column an appointment stands in. None where columns are days: the grid judges no drop of an event whose column it
 * does not show.
 */
function columnOf(appointment: Appointment, columnsBy: "provider" | "room" | null): { resourceId?: string } {
  if (columnsBy === null) return {};
  return { resourceId: columnsBy === "room" ? (appointment.roomId ?? noRoom) : appointment.providerId };
}

/** Appointments as events of the grid, coloured by provider. */
export function appointmentEvents(request: AppointmentEventsRequest): EventInput[] {
  const roomNames = new Map(request.rooms.map(({ id, name }) => [id, name]));
  return request.appointments.map((appointment) => {
    const provider = request.providers.get(appointment.providerId);
    const extendedProps: AppointmentEventProps = {
      appointment,
      colour: provider?.colour ?? neutralColour,
      providerName: provider?.name ?? "",
      roomName: roomNames.get(appointment.roomId ?? "") ?? null,
    };
    return {
      id: appointment.id,
      title: appointmentTitle(appointment, request.fallbackTitle),
      start: appointment.startsAt,
      end: appointment.endsAt,
      editable: request.canChange(appointment) && !isSettled(appointment),
      extendedProps,
      ...columnOf(appointment, request.columnsBy),
    };
  });
}
