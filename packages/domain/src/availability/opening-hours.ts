import type { Instant } from "../time/instant.ts";
import { DAY_MS, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { pushMerging } from "../time/interval-list.ts";
import {
  type DayNumber,
  dayNumberOf,
  type IsoWeekday,
  isoWeekdayOfDayNumber,
  type LocalDate,
} from "../time/local-date.ts";
import type { ZoneSegment } from "../time/zone-segment.ts";

/** Part of a local day on the wall clock, `[startMinute, endMinute)` in minutes since midnight, 0 to 1440. */
export type MinuteWindow = { readonly startMinute: number; readonly endMinute: number };

/**
 * Hours that come back every week, on the wall clock of the site. A night shift is two rules, `… to 1440` and
 * `0 to …` on the next weekday; touching hours join.
 */
export type WeeklyRule = MinuteWindow & {
  readonly isoWeekday: IsoWeekday;
  /** First date on which the rule counts; absent: always did. */
  readonly validFrom?: LocalDate | null;
  /** Last date on which the rule counts, included; absent: for ever. */
  readonly validTo?: LocalDate | null;
};

/** A date on which the weekly rules do not count: `windows` replace them, and none means closed. */
export type AvailabilityException = {
  readonly date: LocalDate;
  readonly windows: readonly MinuteWindow[];
  readonly reason?: string | null;
};

/** Weekly rules with their dated exceptions, of a provider or of a site. */
export type OpeningHours = {
  readonly rules: readonly WeeklyRule[];
  readonly exceptions: readonly AvailabilityException[];
};

/** Wall-clock windows of a date, sorted and disjoint. */
export type DayWindows = (dayNumber: DayNumber) => readonly MinuteWindow[];

const wholeDay: readonly MinuteWindow[] = [{ startMinute: 0, endMinute: 1_440 }];
const closed: readonly MinuteWindow[] = [];

/**
 * Prepares hours for a walk over many days. Windows that overlap or touch are joined. Two exceptions on one date add
 * up, except that a closed one closes the date.
 *
 * @param whenNoRules what a date without an exception means when there is no weekly rule at all: a provider without
 * hours is `"closed"`, a site that never stated its hours is `"open"`.
 */
export function dayWindows(hours: OpeningHours, whenNoRules: "open" | "closed"): DayWindows {
  const exceptions = exceptionWindows(hours.exceptions);
  const { rules } = hours;
  if (rules.length === 0) {
    const usual = whenNoRules === "open" ? wholeDay : closed;
    return (dayNumber) => exceptions.get(dayNumber) ?? usual;
  }
  const isPermanent = rules.every((rule) => rule.validFrom == null && rule.validTo == null);
  const weekly = isPermanent ? permanentWeek(rules) : datedWeek(rules);
  return exceptions.size === 0 ? weekly : (dayNumber) => exceptions.get(dayNumber) ?? weekly(dayNumber);
}

/**
 * The instants at which the wall clock shows an open time, over consecutive segments of a zone.
 *
 * An instant is open if and only if its local date and wall-clock time fall in a window of that date. So on a
 * spring-forward day a window that begins inside the gap opens when the gap ends, and on a fall-back day a window over
 * part of the repeated hour is open on both passes, with a closed time between when it must be.
 */
export function openIntervals(windowsOf: DayWindows, segments: readonly ZoneSegment[]): readonly Interval[] {
  const open: Interval[] = [];
  for (const segment of segments) {
    const midnight = segment.dayNumber * DAY_MS - segment.offset;
    for (const window of windowsOf(segment.dayNumber)) {
      const start = Math.max(midnight + window.startMinute * MINUTE_MS, segment.start) as Instant;
      const end = Math.min(midnight + window.endMinute * MINUTE_MS, segment.end) as Instant;
      if (start < end) pushMerging(open, start, end);
    }
  }
  return open;
}

/** The exception that rules a date, if any; a closed one first. */
export function exceptionOn(hours: OpeningHours, date: LocalDate): AvailabilityException | null {
  const ofDate = hours.exceptions.filter((exception) => exception.date === date);
  return ofDate.find((exception) => exception.windows.length === 0) ?? ofDate[0] ?? null;
}

function exceptionWindows(
  exceptions: readonly AvailabilityException[],
): Map<DayNumber, readonly MinuteWindow[]> {
  const byDay = new Map<DayNumber, readonly MinuteWindow[]>();
  for (const { date, windows } of exceptions) {
    const dayNumber = dayNumberOf(date);
    const known = byDay.get(dayNumber);
    const isClosed = windows.length === 0 || known?.length === 0;
    byDay.set(dayNumber, isClosed ? closed : joinWindows([...(known ?? []), ...windows]));
  }
  return byDay;
}

function permanentWeek(rules: readonly WeeklyRule[]): DayWindows {
  const byWeekday: MinuteWindow[][] = [[], [], [], [], [], [], [], []];
  for (const rule of rules) byWeekday[rule.isoWeekday]?.push(rule);
  const joined = byWeekday.map(joinWindows);
  return (dayNumber) => joined[isoWeekdayOfDayNumber(dayNumber)] ?? closed;
}

function datedWeek(rules: readonly WeeklyRule[]): DayWindows {
  const dated = rules.map((rule) => ({
    rule,
    first: rule.validFrom == null ? Number.NEGATIVE_INFINITY : dayNumberOf(rule.validFrom),
    last: rule.validTo == null ? Number.POSITIVE_INFINITY : dayNumberOf(rule.validTo),
  }));
  return (dayNumber) => {
    const isoWeekday = isoWeekdayOfDayNumber(dayNumber);
    const windows: MinuteWindow[] = [];
    for (const { rule, first, last } of dated) {
      if (rule.isoWeekday === isoWeekday && first <= dayNumber && dayNumber <= last) windows.push(rule);
    }
    return joinWindows(windows);
  };
}

function joinWindows(windows: readonly MinuteWindow[]): readonly MinuteWindow[] {
  if (windows.length < 2) return windows;
  const joined: MinuteWindow[] = [];
  for (const window of windows.toSorted((a, b) => a.startMinute - b.startMinute)) {
    const last = joined[joined.length - 1];
    if (last === undefined || last.endMinute < window.startMinute) joined.push(window);
    else if (last.endMinute < window.endMinute) {
      joined[joined.length - 1] = { startMinute: last.startMinute, endMinute: window.endMinute };
    }
  }
  return joined;
}
