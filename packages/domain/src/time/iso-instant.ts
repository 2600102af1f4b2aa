import { DAY_MS, type Instant } from "./instant.ts";
import {
  type DayNumber,
  dayNumberOf,
  localDateOfDayNumber,
  parseLocalDate,
  twoDigits,
} from "./local-date.ts";

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads an ISO 8601 / RFC 3339 instant, which must end in `Z` or carry an offset `±hh:mm`; null otherwise.
 * A text without an offset names no instant: the caller would be guessing a zone. Digits beyond the millisecond are
 * dropped; leap seconds (`:60`) and `24:00` are refused.
 *
 * @example parseInstant("2026-03-29T03:00:00+02:00") // 2026-03-29T01:00:00.000Z
 * @example parseInstant("2026-03-29T03:00:00") // null
 */
export function parseInstant(text: string): Instant | null {
  const match = instantPattern.exec(text);
  if (!match) return null;
  const date = parseLocalDate(match[1] ?? "");
  const hour = Number(match[2]);
  const minute = Number(match[3]);
  const second = Number(match[4] ?? 0);
  const milliseconds = Number((match[5] ?? "").slice(0, 3).padEnd(3, "0"));
  const offsetHours = Number(match[7] ?? 0);
  const offsetMinutes = Number(match[8] ?? 0);
  if (date === null || hour > 23 || minute > 59 || second > 59) return null;
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const wall = dayNumberOf(date) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds;
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000;
  return (wall - (match[6] === "-" ? -offset : offset)) as Instant;
}

let lastDayNumber: DayNumber = 0;
let lastDay = "1970-01-01";

/**
 * Writes an instant exactly as `Date.prototype.toISOString` does (`2026-03-29T01:00:00.000Z`), several times faster:
 * slots come in order, so the date part is remembered from one call to the next. Years 0001 to 9999.
 */
export function formatInstant(at: Instant): string {
  const dayNumber = Math.floor(at / DAY_MS);
  if (dayNumber !== lastDayNumber) {
    lastDay = localDateOfDayNumber(dayNumber);
    lastDayNumber = dayNumber;
  }
  const ofDay = at - dayNumber * DAY_MS;
  const seconds = Math.floor(ofDay / 1_000);
  const minutes = Math.floor(seconds / 60);
  const milliseconds = ofDay - seconds * 1_000;
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  return `${lastDay}T${clock}.${milliseconds === 0 ? "000" : String(milliseconds).padStart(3, "0")}Z`;
}
