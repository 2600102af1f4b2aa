import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { LocalDate } from "../time/local-date.ts";
import { localTimeOf } from "../time/local-time.ts";
import type { Zone } from "../time/zone.ts";

/** What somebody waits for. Dates and minutes are those of the site's wall clock. */
export type Wish = {
  readonly fromDate: LocalDate;
  /** The last date included. */
  readonly toDate: LocalDate;
  /** A start lies in `[startMinute, endMinute)`. */
  readonly startMinute: number;
  readonly endMinute: number;
  /** Starts they were offered before: whoever let one pass is not asked about it again. */
  readonly offered: readonly Instant[];
};

/** A start to offer, and until when it is kept for them. */
export type Offer = { readonly startsAt: Instant; readonly until: Instant };

/** Whoever has let so many offers pass does not wait any more; each of them kept a time from everybody else. */
export const mostOffers = 5;

const shortestLead = HOUR_MS;
const shortestOffer = 15 * MINUTE_MS;
const longestOffer = 12 * HOUR_MS;
/** A time is kept for the part of its lead that leaves time for three others after this one. */
const shareOfLead = 1 / 4;

/**
 * The first of the free `starts` (ascending) that meets the wish, and how long to keep it: a quarter of the time until
 * it begins, at least 15 minutes and at most 12 hours, so that one who does not answer leaves it to somebody else in
 * time. Nothing that begins within the hour is offered by mail. Null when nothing meets the wish, or they have been
 * offered enough.
 */
export function chooseOffer({
  wish,
  starts,
  zone,
  now,
}: {
  wish: Wish;
  starts: readonly Instant[];
  zone: Zone;
  now: Instant;
}): Offer | null {
  if (wish.offered.length >= mostOffers) return null;
  const offered = new Set(wish.offered);
  for (const startsAt of starts) {
    const lead = startsAt - now;
    if (lead < shortestLead || offered.has(startsAt) || !isWished(wish, startsAt, zone)) continue;
    const kept = Math.min(Math.max(lead * shareOfLead, shortestOffer), longestOffer);
    return { startsAt, until: (now + Math.floor(kept / MINUTE_MS) * MINUTE_MS) as Instant };
  }
  return null;
}

function isWished(
  { fromDate, toDate, startMinute, endMinute }: Wish,
  startsAt: Instant,
  zone: Zone,
): boolean {
  const { date, minute } = localTimeOf(startsAt, zone);
  return fromDate <= date && date <= toDate && startMinute <= minute && minute < endMinute;
}
