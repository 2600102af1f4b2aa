import { nearestFree } from "@creneau/domain/availability/first-free";
import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { AppError, type ErrorCode } from "../errors.ts";
import type { SiteBusy } from "./booking-cache.ts";
import type { BookingTarget } from "./booking-target.ts";
import type { BookingWork } from "./open-link.ts";
import { factsOf, withRooms } from "./slot-facts.ts";

const messages: Partial<Record<ErrorCode, string>> = {
  slot_taken: "This time is taken",
  hold_expired: "The hold on this time has expired",
  outside_availability: "This time cannot be booked",
};

/** Fresh busy time around a target: what has changed since is read again. */
export function freshBusy(
  work: BookingWork,
  target: BookingTarget,
  startsAt: number,
  mayLag = false,
): Promise<SiteBusy> {
  return work.cache.busy({
    organizationId: target.organizationId,
    setup: target.setup,
    providerIds: target.providers.map(({ id }) => id),
    to: startsAt + 2 * DAY_MS,
    now: work.now,
    mayLag,
  });
}

/** The refusal of a start, with the three nearest that are free. What stands in the way is nobody's business. */
export async function refusedStart(
  work: BookingWork,
  code: ErrorCode,
  target: BookingTarget,
  startsAt: Instant,
): Promise<AppError> {
  const busy = await freshBusy(work, target, startsAt);
  const { setup, service, providers } = target;
  const now = work.now;
  const found = new Set<Instant>();
  for (const provider of providers) {
    const facts = factsOf(provider, { setup, service, busy, now });
    const until = busy.providers.get(provider.id)?.to ?? 0;
    if (!facts) continue;
    for (const start of nearestFree({ facts: withRooms(facts), wanted: startsAt }))
      if (start < until - DAY_MS) found.add(start);
  }
  const nearest = [...found]
    .sort((a, b) => Math.abs(a - startsAt) - Math.abs(b - startsAt) || a - b)
    .slice(0, 3);
  const duration = service.durationMinutes * MINUTE_MS;
  return new AppError(code, messages[code] ?? "This time cannot be booked", {
    alternatives: nearest
      .sort((a, b) => a - b)
      .map((start) => ({
        startsAt: formatInstant(start),
        endsAt: formatInstant((start + duration) as Instant),
      })),
  });
}
