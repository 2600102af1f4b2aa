/** Every status an appointment can have, in the order of a normal life. */
export const appointmentStatuses = [
  "held",
  "pending",
  "confirmed",
  "in_progress",
  "completed",
  "no_show",
  "cancelled",
] as const;

export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** Statuses that occupy the provider's and the room's time; the exclusion constraints cover exactly these. */
export const occupyingStatuses = [
  "held",
  "pending",
  "confirmed",
  "in_progress",
] as const satisfies AppointmentStatus[];

/**
 * How a change of status comes about: `confirmation` is the word of the visitor who holds the time, and nobody else's;
 * `forward` is the normal life, `correction` takes back a mistaken click by staff at any time, `undo` takes back a
 * cancellation and needs the undo window still open.
 */
export type TransitionKind = "confirmation" | "forward" | "correction" | "undo";

/**
 * Every allowed change. Arrival is not a status: who has come is seen from `in_progress`.
 *
 * A small practice goes from `confirmed` straight to `completed`, so a completion can be taken back to either. A client
 * who comes after all is taken back to `confirmed`. A hold that lapses or is given back is removed: it never was an
 * appointment that somebody could cancel.
 */
export const statusTransitions: Readonly<
  Record<AppointmentStatus, Readonly<Partial<Record<AppointmentStatus, TransitionKind>>>>
> = {
  held: { pending: "confirmation", confirmed: "confirmation" },
  pending: { confirmed: "forward", cancelled: "forward" },
  confirmed: { in_progress: "forward", completed: "forward", no_show: "forward", cancelled: "forward" },
  in_progress: { completed: "forward", confirmed: "correction" },
  completed: { in_progress: "correction", confirmed: "correction" },
  no_show: { confirmed: "correction" },
  cancelled: { pending: "undo", confirmed: "undo" },
};

/** Whether an appointment in this status keeps others out of its time. */
export function occupiesTime(status: AppointmentStatus): boolean {
  return (occupyingStatuses as readonly AppointmentStatus[]).includes(status);
}

/** The kind of a change, or null when it is not allowed. A status does not change to itself. */
export function transitionKind(from: AppointmentStatus, to: AppointmentStatus): TransitionKind | null {
  return statusTransitions[from][to] ?? null;
}

/**
 * Whether a change takes time that others may have had meanwhile, so that the write can meet the exclusion constraint
 * and must be ready for `slot_taken`. True from `completed` back to `in_progress`, for instance.
 */
export function reoccupiesTime(from: AppointmentStatus, to: AppointmentStatus): boolean {
  return !occupiesTime(from) && occupiesTime(to);
}
