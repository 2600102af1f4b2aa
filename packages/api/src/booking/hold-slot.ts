import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import { allowSuspicious } from "./allow-suspicious.ts";
import { bookingCache } from "./booking-cache.ts";
import { resolveTarget } from "./booking-target.ts";
import { agendaKey, siteKey } from "./change-keys.ts";
import type { GuestContext } from "./guest-procedure.ts";
import { type HoldClaims, holderOf, holdTokenOf, readHoldToken } from "./link-tokens.ts";
import { placeBooking } from "./place-booking.ts";
import { callExtend } from "./queries.ts";
import type { HoldView, holdInput, holdTokenInput } from "./schema.ts";

/**
 * Takes an exclusive hold: an appointment in status `held`, under the same constraint as all others.
 * Errors: `slot_taken`, `outside_availability` (both with the nearest free starts), `not_found`, `rate_limited`,
 * `challenge_required`.
 */
export async function holdSlot(ctx: GuestContext, input: z.output<typeof holdInput>): Promise<HoldView> {
  await allowSuspicious(ctx, input.challenge);
  const startsAt = Date.parse(input.startsAt) as Instant;
  const { placed, target } = await placeBooking(ctx, {
    resolve: () => resolveTarget(ctx, input),
    startsAt,
    columns: ({ setup }) => ({
      status: "held",
      source: "web",
      hold_expires_at: formatInstant((ctx.now() + setup.organization.holdMinutes * MINUTE_MS) as Instant),
      held_by: holderOf(ctx.linkSecret, ctx.address),
    }),
  });
  const { setup, service } = target;
  return {
    holdToken: holdTokenOf(ctx.linkSecret, {
      organizationId: target.organizationId,
      appointmentId: placed.id,
      providerId: placed.providerId,
      siteId: placed.siteId,
      serviceId: service.id,
      startsAt,
      durationMinutes: service.durationMinutes,
      priceCents: service.priceCents,
    }),
    expiresAt: formatInstant(placed.holdExpiresAt as Instant),
    remainingMs: placed.holdMs ?? 0,
    startsAt: formatInstant(placed.startsAt as Instant),
    endsAt: formatInstant(placed.endsAt as Instant),
    timezone: input.timezone ?? setup.site.timezone,
    providerId: placed.providerId,
    providerName: setup.providers.find(({ id }) => id === placed.providerId)?.name ?? "",
    siteName: setup.site.name,
    serviceName: service.name,
    durationMinutes: service.durationMinutes,
    priceCents: service.priceCents,
  };
}

/** Lengthens a hold by the organization's hold time, once; asking again changes nothing. Errors: `hold_expired`. */
export async function extendHold(
  ctx: GuestContext,
  input: z.output<typeof holdTokenInput>,
): Promise<{ expiresAt: string; remainingMs: number; isExtended: boolean }> {
  const claims = claimsOf(ctx, input.holdToken);
  const extended = await callExtend(ctx, claims);
  if (extended.outcome === "expired") throw new AppError("hold_expired", "The hold on this time has expired");
  told(ctx, claims);
  return {
    expiresAt: formatInstant(extended.holdExpiresAt as Instant),
    remainingMs: extended.holdMs ?? 0,
    isExtended: !extended.isRepeat,
  };
}

/** Gives a hold back; succeeds when it is gone already. */
export async function releaseHold(
  ctx: GuestContext,
  input: z.output<typeof holdTokenInput>,
): Promise<{ isReleased: true }> {
  const claims = claimsOf(ctx, input.holdToken);
  await ctx.database.pool.query({
    name: "booking_release_hold",
    text: "SELECT booking_release_hold($1::uuid, $2::uuid)",
    values: [claims.organizationId, claims.appointmentId],
  });
  told(ctx, claims);
  return { isReleased: true };
}

/** The claims of a visitor's token. One that is not ours is answered like one whose hold is long gone. */
export function claimsOf(ctx: GuestContext, holdToken: string): HoldClaims {
  const claims = readHoldToken(ctx.linkSecret, holdToken);
  if (!claims) throw new AppError("hold_expired", "The hold on this time has expired", { alternatives: [] });
  return claims;
}

function told(ctx: GuestContext, { providerId, siteId }: HoldClaims): void {
  bookingCache(ctx).outdate(agendaKey(providerId), siteKey(siteId));
  ctx.database.doorbell.ring();
}
