import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { type LocalDate, localDatePlusDays } from "../time/local-date.ts";
import { instantFromLocal, localTimeOf } from "../time/local-time.ts";
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
  /** Starts that were free when they made the wish, and did not suit them. */
  readonly seen: readonly Instant[];
};

/** A start to offer, and until when it is kept for them. */
export type Offer = { readonly startsAt: Instant; readonly until: Instant };

/** Whoever has let so many offers pass does not wait any more; each of them kept a time from everybody else. */
export const mostOffers = 5;

const shortestLead = HOUR_MS;
const shortestOffer = 15 * MINUTE_MS;
const longestOffer = 12 * HOUR_MS;
/** Wall-clock minutes between which nobody is expected to answer; an offer that would end then ends with the night. */
const nightFrom = 21 * 60;
const nightTo = 9 * 60;
/** A time is kept for the part of its lead that leaves time for three others after this one. */
const shareOfLead = 1 / 4;

/**
 * The first of the free `starts` (ascending) that meets the wish, and how long to keep it: a quarter of the time until
 * it begins, at least 15 minutes and at most 12 hours, so that one who does not answer leaves it to somebody else in
 * time; where that ends at night, until 9:00 at the site, if an hour is left then. Nothing that begins within the hour is offered by mail. Null when nothing meets the wish, or they have been
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
  const passed = new Set([...wish.offered, ...wish.seen]);
  for (const startsAt of starts) {
    const lead = startsAt - now;
    if (lead < shortestLead || passed.has(startsAt) || !isWished(wish, startsAt, zone)) continue;
    const kept = Math.min(Math.max(lead * shareOfLead, shortestOffer), longestOffer);
    const until = (now + Math.floor(kept / MINUTE_MS) * MINUTE_MS) as Instant;
    const morning = nextMorning(until, zone);
    return { startsAt, until: startsAt - morning < shortestLead ? until : morning };
  }
  return null;
}

/** The end of the night that `at` falls into; `at` itself by day. */
function nextMorning(at: Instant, zone: Zone): Instant {
  const { date, minute } = localTimeOf(at, zone);
  if (minute >= nightTo && minute < nightFrom) return at;
  const morning = minute < nightTo ? date : localDatePlusDays(date, 1);
  return instantFromLocal({ date: morning, minute: nightTo, zone, gap: "forward", overlap: "earlier" });
}

/** Whether a start lies on the days and in the times wished for. */
export function isWished(
  { fromDate, toDate, startMinute, endMinute }: Omit<Wish, "offered" | "seen">,
  startsAt: Instant,
  zone: Zone,
): boolean {
  const { date, minute } = localTimeOf(startsAt, zone);
  return fromDate <= date && date <= toDate && startMinute <= minute && minute < endMinute;
}
