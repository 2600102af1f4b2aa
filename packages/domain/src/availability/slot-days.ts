import type { Instant } from "../time/instant.ts";
import { type LocalDate, localDateOfDayNumber } from "../time/local-date.ts";
import type { Zone } from "../time/zone.ts";
import { zoneSegments } from "../time/zone-day.ts";

/** The starts of one local date. */
export type SlotDay = { readonly date: LocalDate; readonly starts: readonly Instant[] };

/**
 * Groups ascending starts by their local date in the zone of the person who reads them, which need not be the site's.
 * Dates without a start do not appear.
 *
 * @example slotDays(slots(query), zone("America/St_Johns")) // [{ date: "2026-03-08", starts: [...] }, …]
 */
export function slotDays(starts: readonly Instant[], displayZone: Zone): SlotDay[] {
  const first = starts[0];
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return [];
  const byDay = new Map<number, Instant[]>();
  let index = 0;
  for (const segment of zoneSegments(displayZone, first, (last + 1) as Instant)) {
    for (; index < starts.length && (starts[index] as Instant) < segment.end; index++) {
      const ofDay = byDay.get(segment.dayNumber);
      if (ofDay) ofDay.push(starts[index] as Instant);
      else byDay.set(segment.dayNumber, [starts[index] as Instant]);
    }
  }
  return [...byDay].map(([dayNumber, ofDay]) => ({ date: localDateOfDayNumber(dayNumber), starts: ofDay }));
}
