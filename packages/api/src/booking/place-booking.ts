import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { localDateOf } from "@creneau/domain/time/local-time";
import { zoneDay } from "@creneau/domain/time/zone-day";
import { actorColumns } from "../actor.ts";
import { AppError } from "../errors.ts";
import { newId } from "../new-id.ts";
import { freshBusy, refusedStart } from "./alternatives.ts";
import type { BookingTarget } from "./booking-target.ts";
import { agendaKey, setupKeys, siteKey } from "./change-keys.ts";
import { chooseCandidates } from "./choose-candidates.ts";
import type { BookingWork } from "./open-link.ts";
import {
  type BookColumns,
  type ConfirmAnswer,
  type ConfirmRequest,
  callPlace,
  type HoldColumns,
  type PlaceAnswer,
  type Placed,
} from "./queries.ts";

/** What a booking brings along besides its time and place. */
export type BookingDetails = Pick<ConfirmRequest, "client" | "attendees" | "answers" | "address">;

/** More tries than any agenda changes between a decision and its write. */
const attempts = 4;

/**
 * Takes a start for a visitor: decides on what this process knows, then lets one SQL function place it, in one trip.
 * `resolve` gives the target anew after it turned out to be outdated. `columns` are those a hold or a booking adds.
 */
export async function placeBooking(
  work: BookingWork,
  {
    resolve,
    startsAt,
    columns,
    details,
  }: {
    resolve: () => Promise<BookingTarget>;
    startsAt: Instant;
    columns: (target: BookingTarget, id: string) => HoldColumns | BookColumns;
    /** Of a booking at once. */
    details?: BookingDetails;
  },
): Promise<{ placed: Placed; target: BookingTarget }> {
  const cache = work.cache;
  let isFresh = false;
  for (let attempt = 1; ; attempt++) {
    const target = await resolve();
    const now = work.now;
    // A fair choice counts what was given a moment ago; a named provider's agenda is the constraint's to judge.
    const mayLag = !isFresh && !target.isAnyone;
    const providerIds = target.providers.map(({ id }) => id);
    const [busy, assigned] = await Promise.all([
      freshBusy(work, target, startsAt, mayLag),
      target.isAnyone ? cache.assigned(target.organizationId, providerIds, now) : undefined,
    ]);
    const choice = chooseCandidates({
      target,
      busy,
      assigned,
      startsAt,
      now,
    });
    if (!choice.ok) {
      const repeated = await findRepeated(work, target.organizationId, columns(target, newId(now)));
      if (repeated) return { placed: repeated, target };
      // Refused on old news: what has come free or opened meanwhile is not refused.
      if (!isFresh) {
        isFresh = true;
        await cache.verify(target.organizationId, target.setup);
        continue;
      }
      throw await refusedStart(work, choice.code, target, startsAt);
    }
    const { setup, service } = target;
    const { write, candidates } = choice;
    const id = newId(now);
    const day = zoneDay(setup.zone, localDateOf(startsAt, setup.zone));
    const limits = work.limits;
    const placed = await callPlace(work, {
      organizationId: target.organizationId,
      actor: actorColumns(work.actor),
      versionKeys: setup.versionKeys,
      versionTotal: setup.versionTotal,
      columns: {
        id,
        site_id: setup.site.id,
        service_id: service.id,
        title: service.name,
        starts_at: formatInstant(write.startsAt),
        ends_at: formatInstant(write.endsAt),
        busy_from: formatInstant(write.busyFrom),
        busy_to: formatInstant(write.busyTo),
        location_kind: service.locationKind,
        price_cents: service.priceCents,
        ...columns(target, id),
      },
      candidates,
      day: {
        from: formatInstant(day.start),
        to: formatInstant(day.end),
        siteCapacity: setup.site.dailyCapacity,
      },
      holdCap: limits.liveHolds,
      liveCap: limits.liveBookings,
      ...details,
    });
    if (placed.outcome === "placed") {
      cache.outdate(agendaKey(placed.providerId), siteKey(placed.siteId));
      return { placed, target };
    }
    if (placed.outcome === "stale") cache.outdate(...setupKeys(setup));
    else if (placed.outcome === "taken") {
      isFresh = true;
      cache.outdate(...candidates.map(({ providerId }) => agendaKey(providerId)), siteKey(setup.site.id));
    } else throw outcomeError(placed.outcome);
    if (attempt >= attempts) throw await refusedStart(work, "slot_taken", target, startsAt);
  }
}

/** What the same request, with its idempotency key, has booked before: its own time is no longer free to it. */
async function findRepeated(
  work: BookingWork,
  organizationId: string,
  columns: HoldColumns | BookColumns,
): Promise<Placed | null> {
  if (columns.status === "held" || columns.idempotency_key === null) return null;
  const found = await callPlace(work, {
    organizationId,
    actor: actorColumns(work.actor),
    columns,
    candidates: [],
    versionKeys: [],
    versionTotal: 0,
  });
  if (found.outcome === "idempotency_conflict") throw outcomeError(found.outcome);
  return found.outcome === "placed" ? found : null;
}

/** The error behind an outcome that no other time would cure. */
export function outcomeError(outcome: PlaceAnswer["outcome"] | ConfirmAnswer["outcome"]): AppError {
  if (outcome === "idempotency_conflict") {
    return new AppError("idempotency_conflict", "This idempotency key was used for another request");
  }
  const reason = outcome === "too_many_holds" ? "live_holds" : "live_bookings";
  return new AppError("rate_limited", "Too many bookings at once", { reason });
}
