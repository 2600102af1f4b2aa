import type { Instant } from "@creneau/domain/time/instant";
import { localDateOf } from "@creneau/domain/time/local-time";
import { zoneDay } from "@creneau/domain/time/zone-day";
import { AppError } from "../errors.ts";
import { newId } from "../new-id.ts";
import { freshBusy, refusedStart } from "./alternatives.ts";
import { bookingCache } from "./booking-cache.ts";
import { usualBookingLimits } from "./booking-limits.ts";
import type { BookingTarget } from "./booking-target.ts";
import { agendaKey, setupKeys, siteKey } from "./change-keys.ts";
import { chooseCandidates } from "./choose-candidates.ts";
import type { GuestContext } from "./guest-procedure.ts";

/** What the SQL of the hot paths answers. Instants in epoch milliseconds. */
export interface Placed {
  outcome:
    | "placed"
    | "taken"
    | "expired"
    | "stale"
    | "too_many_holds"
    | "too_many_bookings"
    | "idempotency_conflict";
  id: string;
  status: string;
  providerId: string;
  siteId: string;
  startsAt: number;
  endsAt: number;
  holdExpiresAt: number | null;
  isRepeat?: boolean;
}

/** More tries than any agenda changes between a decision and its write. */
const attempts = 4;

/**
 * Takes a start for a visitor: decides on what this process knows, then lets one SQL function place it, in one trip.
 * `resolve` gives the target anew after it turned out to be outdated. `columns` are those a hold or a booking adds.
 */
export async function placeBooking(
  ctx: GuestContext,
  {
    resolve,
    startsAt,
    columns,
    extra,
  }: {
    resolve: () => Promise<BookingTarget>;
    startsAt: Instant;
    columns: (target: BookingTarget, id: string) => object;
    extra?: (id: string) => object;
  },
): Promise<{ placed: Placed; target: BookingTarget }> {
  const cache = bookingCache(ctx);
  let isFresh = false;
  for (let attempt = 1; ; attempt++) {
    const target = await resolve();
    const now = ctx.now();
    // A fair choice counts what was given a moment ago; a named provider's agenda is the constraint's to judge.
    const mayLag = !isFresh && !target.isAnyone;
    const providerIds = target.providers.map(({ id }) => id);
    const [busy, assigned] = await Promise.all([
      freshBusy(ctx, target, startsAt, mayLag),
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
      const repeated = await findRepeated(ctx, now, target.organizationId, columns(target, newId(now)));
      if (repeated) return { placed: repeated, target };
      // Refused on old news: what has come free or opened meanwhile is not refused.
      if (!isFresh) {
        isFresh = true;
        await cache.verify(target.organizationId, target.setup);
        continue;
      }
      throw await refusedStart(ctx, choice.code, target, startsAt);
    }
    const { setup, service } = target;
    const { write, candidates } = choice;
    const id = newId(now);
    const day = zoneDay(setup.zone, localDateOf(startsAt, setup.zone));
    const limits = { ...usualBookingLimits, ...ctx.bookingLimits };
    const placed = await callPlace(ctx, now, {
      organizationId: target.organizationId,
      versionKeys: setup.versionKeys,
      versionTotal: setup.versionTotal,
      columns: {
        id,
        site_id: setup.site.id,
        service_id: service.id,
        title: service.name,
        starts_at: new Date(write.startsAt),
        ends_at: new Date(write.endsAt),
        busy_from: new Date(write.busyFrom),
        busy_to: new Date(write.busyTo),
        location_kind: service.locationKind,
        price_cents: service.priceCents,
        ...columns(target, id),
      },
      candidates,
      day: { from: new Date(day.start), to: new Date(day.end), siteCapacity: setup.site.dailyCapacity },
      holdCap: limits.liveHolds,
      liveCap: limits.liveBookings,
      ...extra?.(id),
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
    if (attempt >= attempts) throw await refusedStart(ctx, "slot_taken", target, startsAt);
  }
}

/** What the same request, with its idempotency key, has booked before: its own time is no longer free to it. */
async function findRepeated(
  ctx: GuestContext,
  now: number,
  organizationId: string,
  columns: object,
): Promise<Placed | null> {
  if (!("idempotency_key" in columns) || columns.idempotency_key === null) return null;
  const found = await callPlace(ctx, now, {
    organizationId,
    columns,
    candidates: [],
    versionKeys: [],
    versionTotal: 0,
  });
  if (found.outcome === "idempotency_conflict") throw outcomeError(found.outcome);
  return found.outcome === "placed" ? found : null;
}

async function callPlace(ctx: GuestContext, now: number, request: object): Promise<Placed> {
  const { rows } = await ctx.database.pool.query<{ placed: Placed }>({
    name: "booking_place",
    text: "SELECT booking_place($1::jsonb, $2::timestamptz) AS placed",
    values: [JSON.stringify(request), new Date(now)],
  });
  const placed = rows[0]?.placed as Placed;
  if (placed.outcome === "placed") ctx.database.doorbell.ring();
  return placed;
}

/** The error behind an outcome that no other time would cure. */
export function outcomeError(outcome: Placed["outcome"]): AppError {
  if (outcome === "idempotency_conflict") {
    return new AppError("idempotency_conflict", "This idempotency key was used for another request");
  }
  const reason = outcome === "too_many_holds" ? "live_holds" : "live_bookings";
  return new AppError("rate_limited", "Too many bookings at once", { reason });
}
