import type { Appointment } from "./appointment.ts";
import { noRoom } from "./calendar-events.ts";
import type { Sketch } from "./placement-obstacles.ts";

export type ColumnsBy = "provider" | "room" | null;
/** A place of the grid in epoch milliseconds; `resourceId` where columns are providers' or rooms'. */
export type Place = { start: number; end: number; resourceId: string | null };

/** What an appointment would be in a place of the grid. */
export function sketchOf(appointment: Appointment, place: Place, columnsBy: ColumnsBy): Sketch {
  const { start, end, resourceId } = place;
  const inRoom = columnsBy === "room" && resourceId !== null;
  return {
    start: start as Sketch["start"],
    end: end as Sketch["end"],
    appointmentId: appointment.id,
    providerId: columnsBy === "provider" && resourceId ? resourceId : appointment.providerId,
    roomId: inRoom ? (resourceId === noRoom ? null : resourceId) : appointment.roomId,
    before: Date.parse(appointment.startsAt) - Date.parse(appointment.busyFrom),
    after: Date.parse(appointment.busyTo) - Date.parse(appointment.endsAt),
  };
}

/** What something new would be in a place of the grid; null where the place says neither whose time nor which room's it is. */
export function newSketch({ start, end, resourceId }: Place, columnsBy: ColumnsBy): Sketch | null {
  if (!columnsBy || !resourceId || resourceId === noRoom) return null;
  return {
    start: start as Sketch["start"],
    end: end as Sketch["end"],
    appointmentId: null,
    providerId: columnsBy === "provider" ? resourceId : null,
    roomId: columnsBy === "room" ? resourceId : null,
    before: 0,
    after: 0,
  };
}
