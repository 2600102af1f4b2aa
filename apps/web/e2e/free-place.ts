/** A stretch of time as the API gives it. */
export interface Span {
  startsAt: string;
  endsAt: string;
}

export interface PlacedAppointment extends Span {
  id: string;
  providerId: string;
  busyFrom: string;
  busyTo: string;
  status: string;
}

const quarterHour = 15 * 60_000;

/**
 * The nearest start, on the quarter hour of the same day, where an appointment fits with its buffers into its
 * provider's open time and touches nothing else; null when the day is full. Epoch milliseconds.
 */
export function freePlace({
  appointment,
  others,
  open,
}: {
  appointment: PlacedAppointment;
  others: readonly PlacedAppointment[];
  open: readonly Span[];
}): number | null {
  const start = Date.parse(appointment.startsAt);
  const before = start - Date.parse(appointment.busyFrom);
  const after = Date.parse(appointment.busyTo) - start;
  const busy = others.filter(
    (other) => other.id !== appointment.id && other.providerId === appointment.providerId,
  );
  const fits = (candidate: number) =>
    open.some(
      (span) => candidate >= Date.parse(span.startsAt) && candidate + after <= Date.parse(span.endsAt),
    ) &&
    busy.every(
      (other) =>
        candidate - before >= Date.parse(other.busyTo) || candidate + after <= Date.parse(other.busyFrom),
    );
  for (let steps = 2; steps <= 24; steps++) {
    for (const candidate of [start + steps * quarterHour, start - steps * quarterHour]) {
      if (fits(candidate)) return candidate;
    }
  }
  return null;
}
