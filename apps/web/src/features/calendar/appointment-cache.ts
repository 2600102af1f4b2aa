import type { QueryClient } from "@tanstack/react-query";
import type { Appointment } from "./appointment.ts";

export type AppointmentQuery = {
  from: string;
  to: string;
  siteIds: string[];
  providerIds: string[];
  roomIds: string[];
  /** Empty: all but the cancelled. */
  statuses: Appointment["status"][];
};

const prefix = ["calendar", "appointments"] as const;

/** Cache key of one shown period with its filters. */
export function appointmentsKey(query: AppointmentQuery) {
  return [...prefix, query] as const;
}

/** Whether a period with its filters shows an appointment. */
export function isShownBy(query: AppointmentQuery, appointment: Appointment): boolean {
  return (
    (query.statuses.length > 0
      ? query.statuses.includes(appointment.status)
      : appointment.status !== "cancelled") &&
    Date.parse(appointment.startsAt) < Date.parse(query.to) &&
    Date.parse(appointment.endsAt) > Date.parse(query.from) &&
    (query.siteIds.length === 0 || query.siteIds.includes(appointment.siteId)) &&
    (query.providerIds.length === 0 || query.providerIds.includes(appointment.providerId)) &&
    (query.roomIds.length === 0 ||
      (appointment.roomId !== null && query.roomIds.includes(appointment.roomId)))
  );
}

/** The list with this appointment added, replaced or taken out, as the period asks. */
function patchedList(
  list: readonly Appointment[],
  { query, appointment }: { query: AppointmentQuery; appointment: Appointment },
): Appointment[] {
  const others = list.filter((each) => each.id !== appointment.id);
  return isShownBy(query, appointment) ? [...others, appointment] : others;
}

/** Puts one appointment into every cached period it belongs to and takes it out of the others. */
export function patchAppointment(client: QueryClient, appointment: Appointment) {
  for (const [key, list] of client.getQueriesData<Appointment[]>({ queryKey: prefix })) {
    const query = key[2] as AppointmentQuery;
    if (list) client.setQueryData(key, patchedList(list, { query, appointment }));
  }
}

/** Takes an appointment out of every cached period. */
export function dropAppointment(client: QueryClient, id: string) {
  client.setQueriesData<Appointment[]>({ queryKey: prefix }, (list) =>
    list?.filter((each) => each.id !== id),
  );
}

/** The newest cached copy of an appointment, if any period holds one. */
export function cachedAppointment(client: QueryClient, id: string): Appointment | undefined {
  let newest: Appointment | undefined;
  for (const [, list] of client.getQueriesData<Appointment[]>({ queryKey: prefix })) {
    const found = list?.find((each) => each.id === id);
    if (found && (!newest || found.version > newest.version)) newest = found;
  }
  return newest;
}

/** Asks the server again for every cached period; the one on screen is fetched at once. */
export function refreshAppointments(client: QueryClient) {
  return client.invalidateQueries({ queryKey: prefix });
}

/**
 * Stops lists that are on their way, so that an answer from before a change does not paint over it.
 * True when there was one: the caller asks again when its change is settled.
 */
export async function interruptRefresh(client: QueryClient): Promise<boolean> {
  if (client.isFetching({ queryKey: prefix }) === 0) return false;
  await client.cancelQueries({ queryKey: prefix });
  return true;
}
