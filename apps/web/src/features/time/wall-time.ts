import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { dayNumberOf, type LocalDate, localDateOfDayNumber } from "@creneau/domain/time/local-date";
import { instantFromLocal, localTimeOf } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";

/** A place on the wall clock of a zone: a date and minutes since its midnight. */
export type WallTime = { date: string; minute: number };

/** What the wall clock of the zone shows at an instant (ISO, UTC). */
export function wallTimeOf({ instant, zone }: { instant: string; zone: string }): WallTime {
  const { date, minute } = localTimeOf(Date.parse(instant) as Instant, zone as Zone);
  return { date, minute };
}

/**
 * The instant (ISO, UTC) at which the wall clock shows that date and minute; minutes below 0 or above a day carry over.
 * A time the zone skips goes forward; one it shows twice is its first pass.
 */
export function instantOf({ date, minute, zone }: WallTime & { zone: string }): string {
  const days = Math.floor(minute / 1440);
  return formatInstant(
    instantFromLocal({
      date: days === 0 ? (date as LocalDate) : (plusDays(date, days) as LocalDate),
      minute: minute - days * 1440,
      zone: zone as Zone,
      gap: "forward",
      overlap: "earlier",
    }),
  );
}

/** The date some days later, or earlier when negative, as `YYYY-MM-DD`. */
export function plusDays(date: string, days: number): string {
  return localDateOfDayNumber(dayNumberOf(date as LocalDate) + days);
}

/** An instant some days of the wall clock and some minutes of elapsed time later. */
export function shiftInstant({ instant, zone, days = 0, minutes = 0 }: Shift): string {
  const shown = wallTimeOf({ instant, zone });
  const moved =
    days === 0 ? instant : instantOf({ date: plusDays(shown.date, days), minute: shown.minute, zone });
  return new Date(Date.parse(moved) + minutes * MINUTE_MS).toISOString();
}
type Shift = { instant: string; zone: string; days?: number; minutes?: number };

/** Whole days from one date to another; negative when the other comes first. */
export function daysBetween(from: string, to: string): number {
  return dayNumberOf(to as LocalDate) - dayNumberOf(from as LocalDate);
}

/** A date as a native one at noon UTC, for `Intl` with `timeZone: "UTC"`. */
export function noonOf(date: string): Date {
  return new Date(dayNumberOf(date as LocalDate) * DAY_MS + DAY_MS / 2);
}
