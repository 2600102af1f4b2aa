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

type Edit = (list: readonly Appointment[], query: AppointmentQuery) => Appointment[];

/** The list with this appointment added, replaced or taken out, as the period asks; one that is newer already stays. */
function withAppointment(appointment: Appointment): Edit {
  return (list, query) => {
    const known = list.find(({ id }) => id === appointment.id);
    if (known && known.version > appointment.version) return [...list];
    const others = list.filter((each) => each !== known);
    return isShownBy(query, appointment) ? [...others, appointment] : others;
  };
}

/** Edits that came while lists were on their way: what those answer may be older. */
const meanwhile = new WeakMap<QueryClient, Set<Edit[]>>();

function edit(client: QueryClient, change: Edit) {
  for (const edits of meanwhile.get(client) ?? []) edits.push(change);
  for (const [key, list] of client.getQueriesData<Appointment[]>({ queryKey: prefix })) {
    if (list) client.setQueryData(key, change(list, key[2] as AppointmentQuery));
  }
}

/** Puts one appointment into every cached period it belongs to and takes it out of the others, unless a newer one is known. */
export function patchAppointment(client: QueryClient, appointment: Appointment) {
  edit(client, withAppointment(appointment));
}

/** Takes an appointment out of every cached period. */
export function dropAppointment(client: QueryClient, id: string) {
  edit(client, (list) => list.filter((each) => each.id !== id));
}

/** A list as the server answers it, with what has become known since it was asked for: an older answer paints over nothing. */
export async function readList(
  client: QueryClient,
  query: AppointmentQuery,
  read: () => Promise<Appointment[]>,
): Promise<Appointment[]> {
  const edits: Edit[] = [];
  const running = meanwhile.get(client) ?? new Set();
  meanwhile.set(client, running.add(edits));
  try {
    const list = await read();
    return edits.reduce((known, change) => change(known, query), list);
  } finally {
    running.delete(edits);
  }
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
