import type { Instant } from "@creneau/domain/time/instant";
import { type LocalDate, localDatePlusDays } from "@creneau/domain/time/local-date";
import { zoneDay } from "@creneau/domain/time/zone-day";
import { isWished, type Wish } from "@creneau/domain/waitlist/choose-offer";
import type { BookingTarget } from "../booking/booking-target.ts";
import { openStarts } from "../booking/find-slots.ts";
import type { BookingWork } from "../booking/open-link.ts";

/** The starts on the days of a wish that are free now, ascending. */
export async function freeOnDays(
  work: BookingWork,
  target: BookingTarget,
  { fromDate, toDate }: { fromDate: LocalDate; toDate: LocalDate },
): Promise<Instant[]> {
  const { zone } = target.setup;
  const from = Math.max(work.now, zoneDay(zone, fromDate).start);
  const to = zoneDay(zone, localDatePlusDays(toDate, 1)).start;
  return from < to ? (await openStarts(work, { target, from, to })).starts : [];
}

/** More than anybody looks through; what is further ahead may be offered. */
const mostSeen = 1000;

/** What suits a wish by its days and times and is free already: whoever joins has seen it, and waits for something else. */
export async function seenBy(
  work: BookingWork,
  target: BookingTarget,
  wish: Omit<Wish, "offered" | "seen">,
): Promise<Instant[]> {
  const starts = await freeOnDays(work, target, wish);
  return starts.filter((start) => isWished(wish, start, target.setup.zone)).slice(0, mostSeen);
}
