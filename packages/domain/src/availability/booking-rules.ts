import { type Instant, instantPlusMinutes } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { type LocalDate, localDateOfDayNumber } from "../time/local-date.ts";
import type { Zone } from "../time/zone.ts";
import { segmentAt, zoneDayOf } from "../time/zone-day.ts";
import { recallZone } from "../time/zone-memory.ts";

/** What a service and its organization ask of a start. Whole minutes. */
export type BookingRules = {
  /** The organization's grid: starts are multiples of it on the wall clock, counted from local midnight. */
  readonly slotMinutes: number;
  readonly durationMinutes: number;
  /** Free time the appointment needs before it and after it; it may lie outside the open time. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** Elapsed minutes between now and the earliest start. */
  readonly minimumNoticeMinutes: number;
  /** Last bookable date = today at the site + this many days; null: no horizon. */
  readonly horizonDays: number | null;
};

/** When a start may fall, as seen from `now`: `[earliest, end)`. */
export type BookableWindow = Interval & {
  /** Last date inside the horizon; null without one. */
  readonly lastDate: LocalDate | null;
};

/**
 * The starts that notice and horizon leave, from `now` + notice to the end of the last bookable date. The horizon
 * counts dates, so that a new date opens at midnight and not minute by minute.
 */
export function bookableWindow(rules: BookingRules, now: Instant, zone: Zone): BookableWindow {
  const start = instantPlusMinutes(now, Math.max(0, rules.minimumNoticeMinutes));
  if (rules.horizonDays === null) return { start, end: Number.POSITIVE_INFINITY as Instant, lastDate: null };
  const lastDay = segmentAt(zone, now).dayNumber + rules.horizonDays;
  const end = zoneDayOf(recallZone(zone), lastDay).end;
  return { start, end, lastDate: localDateOfDayNumber(lastDay) };
}

/**
 * Refuses rules that would make a sweep endless or meaningless.
 *
 * @throws RangeError naming the field. The edge validates; this guards against a slip inside.
 */
export function assertBookingRules(rules: BookingRules): void {
  requireMinutes("slotMinutes", rules.slotMinutes, 1);
  requireMinutes("durationMinutes", rules.durationMinutes, 1);
  requireMinutes("bufferBeforeMinutes", rules.bufferBeforeMinutes, 0);
  requireMinutes("bufferAfterMinutes", rules.bufferAfterMinutes, 0);
}

function requireMinutes(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${name} is not a number of minutes: ${value}`);
}
