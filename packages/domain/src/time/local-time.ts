import { DAY_MS, type Instant, MINUTE_MS } from "./instant.ts";
import { type DayNumber, dayNumberOf, type LocalDate, localDateOfDayNumber } from "./local-date.ts";
import type { Zone } from "./zone.ts";
import { segmentAt, zoneDayOf } from "./zone-day.ts";
import { recallZone } from "./zone-memory.ts";
import type { ZoneSegment } from "./zone-segment.ts";

/** Minutes since midnight on the wall clock, 0 to 1439; 1440 names the midnight that ends the day. */
export type LocalMinute = number;

/** What to do with a wall-clock time the zone skips: take it as far after the gap as it was into it, or refuse it. */
export type GapPolicy = "forward" | "skip";

/** Which of the two instants to take when the wall clock shows a time twice. */
export type OverlapPolicy = "earlier" | "later";

/** A wall-clock reading. */
export type LocalTime = {
  readonly date: LocalDate;
  readonly minute: LocalMinute;
  readonly offsetMinutes: number;
};

/**
 * The one door from wall-clock time to an instant. The caller states what a skipped and a repeated time mean; the
 * answer depends on nothing else, in particular not on the day it is asked (Luxon 3.7 resolves a repeated time by the
 * offset of the current day).
 *
 * `gap: "forward"` reads the time with the offset before the gap, so 02:30 on a spring-forward night becomes 03:30,
 * and `overlap: "earlier"` takes the first pass: with both it is the rule of RFC 5545, section 3.3.5.
 * Minute 1440 is minute 0 of the next date.
 *
 * @returns null only for a skipped time under `gap: "skip"`.
 * @throws RangeError when `minute` is not a whole number from 0 to 1440.
 * @example
 * instantFromLocal({ date: localDate("2026-03-29"), minute: 150, zone: zone("Europe/Paris"),
 *   gap: "forward", overlap: "earlier" }) // 2026-03-29T01:30:00Z, 03:30 in Paris
 */
export function instantFromLocal(local: LocalQuestion<"forward">): Instant;
export function instantFromLocal(local: LocalQuestion<GapPolicy>): Instant | null;
export function instantFromLocal({
  date,
  minute,
  zone,
  gap,
  overlap,
}: LocalQuestion<GapPolicy>): Instant | null {
  if (!Number.isInteger(minute) || minute < 0 || minute > 1_440) {
    throw new RangeError(`Not a minute of the day: ${minute}`);
  }
  const wall = dayNumberOf(date) * DAY_MS + minute * MINUTE_MS;
  const dayNumber = Math.floor(wall / DAY_MS);
  const matches = zoneDayOf(recallZone(zone), dayNumber).segments.filter((segment) => shows(segment, wall));
  const match = overlap === "earlier" ? matches[0] : matches.at(-1);
  if (match) return (wall - match.offset) as Instant;
  if (gap === "skip") return null;
  return (wall - offsetBeforeGap(zone, dayNumber, wall)) as Instant;
}

type LocalQuestion<Gap extends GapPolicy> = {
  readonly date: LocalDate;
  readonly minute: LocalMinute;
  readonly zone: Zone;
  readonly gap: Gap;
  readonly overlap: OverlapPolicy;
};

/**
 * What the wall clock reads at an instant. Seconds are dropped.
 *
 * @example localTimeOf(instant(Date.UTC(2026, 2, 29, 1)), zone("Europe/Paris"))
 * // { date: "2026-03-29", minute: 180, offsetMinutes: 120 }
 */
export function localTimeOf(at: Instant, zone: Zone): LocalTime {
  const { dayNumber, offset } = segmentAt(zone, at);
  return {
    date: localDateOfDayNumber(dayNumber),
    minute: Math.floor((at + offset - dayNumber * DAY_MS) / MINUTE_MS),
    offsetMinutes: offset / MINUTE_MS,
  };
}

/** The local date at an instant. */
export function localDateOf(at: Instant, zone: Zone): LocalDate {
  return localDateOfDayNumber(segmentAt(zone, at).dayNumber);
}

/**
 * Whether the wall clock of the zone shows the reading at an instant twice: once before it is put back, once after.
 *
 * @example isRepeatedTime(instant(Date.UTC(2026, 9, 25, 0, 30)), zone("Europe/Paris")) // true, the first 02:30
 */
export function isRepeatedTime(at: Instant, zone: Zone): boolean {
  const { dayNumber, offset } = segmentAt(zone, at);
  const { segments } = zoneDayOf(recallZone(zone), dayNumber);
  return segments.filter((segment) => shows(segment, at + offset)).length > 1;
}

function shows(segment: ZoneSegment, wall: number): boolean {
  return segment.start <= wall - segment.offset && wall - segment.offset < segment.end;
}

/** Offset of the last stretch whose wall clock stopped at or before the skipped time. */
function offsetBeforeGap(zone: Zone, dayNumber: DayNumber, wall: number): number {
  const memory = recallZone(zone);
  for (let day = dayNumber; ; day--) {
    const before = zoneDayOf(memory, day).segments.findLast(
      (segment) => segment.end + segment.offset <= wall,
    );
    if (before) return before.offset;
  }
}
