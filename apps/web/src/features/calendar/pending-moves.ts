import { useSyncExternalStore } from "react";
import type { Appointment } from "./appointment.ts";
import { type AppointmentQuery, isShownBy } from "./appointment-cache.ts";

type Placed = ReadonlyMap<string, Appointment>;

/**
 * Where this person's own moves have put appointments until the server answers. Kept beside what is known and drawn over
 * it, so that a refusal has nothing to put back and no list that comes meanwhile can paint over the move.
 */
export function createPendingMoves() {
  let placed: Placed = new Map();
  const listeners = new Set<() => void>();
  function write(next: Placed) {
    placed = next;
    for (const listener of listeners) listener();
  }
  return {
    read: () => placed,
    of: (id: string) => placed.get(id),
    /** Draws an appointment there until the returned function is called, or until a later move of it is drawn over this one. */
    show(appointment: Appointment): () => void {
      const { id } = appointment;
      write(new Map(placed).set(id, appointment));
      return () => {
        if (placed.get(id) === appointment) write(new Map([...placed].filter(([each]) => each !== id)));
      };
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
export type PendingMoves = ReturnType<typeof createPendingMoves>;

export function usePlaced({ subscribe, read }: PendingMoves): Placed {
  return useSyncExternalStore(subscribe, read, read);
}

/** What a period shows of what is known, with the pending moves drawn over it. */
export function withPlaced(
  known: readonly Appointment[],
  { placed, query }: { placed: Placed; query: AppointmentQuery },
): readonly Appointment[] {
  if (placed.size === 0) return known;
  const shown = [...placed.values()].filter((each) => isShownBy(query, each));
  return [...known.filter(({ id }) => !placed.has(id)), ...shown];
}
