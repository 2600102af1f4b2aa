import type { Instant } from "./instant.ts";
import type { DayNumber } from "./local-date.ts";

/** A stretch of time with one local date and one offset. Wall clock (as if UTC) = instant + `offset`. */
export type ZoneSegment = {
  readonly start: Instant;
  readonly end: Instant;
  /** Milliseconds to add to UTC to read the wall clock. */
  readonly offset: number;
  readonly dayNumber: DayNumber;
};

/** A change of offset: from `at` on, the wall clock reads `offsetAfter` instead of `offsetBefore` (milliseconds). */
export type ZoneTransition = {
  readonly at: Instant;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
};

/** Everything about one local date in one zone. */
export type ZoneDay = {
  readonly dayNumber: DayNumber;
  /** First instant with this local date; the date line crossing when the zone skipped the date. */
  readonly start: Instant;
  /** First instant after the last one with this date. `end - start` is 23, 23.5, 24, 24.5, 25 hours, or 0. */
  readonly end: Instant;
  /**
   * In time order; one on an ordinary day, two on a day with a change of offset, none on a date the zone skipped.
   * They need not be contiguous: when the clock goes back over midnight, the first pass belongs to the next date.
   */
  readonly segments: readonly ZoneSegment[];
  readonly transitions: readonly ZoneTransition[];
};
