declare const instantBrand: unique symbol;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. Carries no zone. */
export type Instant = number & { readonly [instantBrand]: true };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/**
 * Brands a count of milliseconds since the epoch.
 *
 * @throws RangeError when `ms` is not a whole number a Date could hold; a NaN must not travel as a time.
 * @example instant(Date.UTC(2026, 2, 29, 1)) // 2026-03-29T01:00:00.000Z
 */
export function instant(ms: number): Instant {
  if (!Number.isInteger(ms) || Math.abs(ms) > 8.64e15) throw new RangeError(`Not an instant: ${ms}`);
  return ms as Instant;
}

/** The instant of a Date. @throws RangeError for an invalid Date. */
export function instantFromDate(date: Date): Instant {
  return instant(date.getTime());
}

/**
 * `from` plus a number of elapsed minutes (negative goes back). Elapsed time, not wall-clock time: an hour after
 * 01:30 on a spring-forward night reads 03:30.
 */
export function instantPlusMinutes(from: Instant, minutes: number): Instant {
  return (from + minutes * MINUTE_MS) as Instant;
}
