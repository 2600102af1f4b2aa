import { type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { normalizeIntervals } from "../time/interval-list.ts";
import type { BookingRules } from "./booking-rules.ts";

/** What occupies the time: an appointment, a hold still running, or an event mirrored from an external calendar. */
export type BusyKind = "appointment" | "hold" | "external";

/** Occupied time of a provider or a room, **buffers of that appointment included** (`busy_from`, `busy_to`). */
export type BusyInterval = Interval & {
  /** Absent: an appointment. */
  readonly kind?: BusyKind;
  readonly id?: string;
  /** Overbooking lane; absent: 0. */
  readonly lane?: number;
};

/** A room and when it is occupied. */
export type RoomBusy = { readonly roomId: string; readonly busy: readonly BusyInterval[] };

/**
 * The time an appointment occupies: from its start less the buffer before, to its end plus the buffer after.
 *
 * Buffers of neighbours add up: each appointment keeps its own distance, so ten minutes after one and five before the
 * next leave fifteen between them. It is what the exclusion constraint over `busy_from`, `busy_to` enforces.
 */
export function busySpan(start: Instant, end: Instant, rules: Pick<BookingRules, BufferKey>): Interval {
  return {
    start: (start - rules.bufferBeforeMinutes * MINUTE_MS) as Instant,
    end: (end + rules.bufferAfterMinutes * MINUTE_MS) as Instant,
  };
}

type BufferKey = "bufferBeforeMinutes" | "bufferAfterMinutes";

/**
 * Busy time a pointer can walk: starts and ends both ascending, nothing empty. Given back untouched when it is so
 * already, which is how the database returns it.
 */
export function inWalkingOrder(busy: readonly Interval[]): readonly Interval[] {
  for (let index = 0; index < busy.length; index++) {
    const span = busy[index] as Interval;
    const previous = busy[index - 1];
    if (span.end <= span.start) return normalizeIntervals(busy);
    if (previous !== undefined && (span.start < previous.start || span.end < previous.end)) {
      return normalizeIntervals(busy);
    }
  }
  return busy;
}
