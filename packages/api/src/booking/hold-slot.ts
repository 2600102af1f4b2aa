import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { actorColumns } from "../actor.ts";
import { AppError } from "../errors.ts";
import { allowSuspicious } from "./allow-suspicious.ts";
import { resolveTarget } from "./booking-target.ts";
import { agendaKey, siteKey } from "./change-keys.ts";
import { holderOf, holdTokenOf } from "./link-tokens.ts";
import type { HoldWork, VisitorWork } from "./open-link.ts";
import { placeBooking } from "./place-booking.ts";
import { callExtend } from "./queries.ts";
import type { HoldView, holdInput } from "./schema.ts";

/**
 * Takes an exclusive hold: an appointment in status `held`, under the same constraint as all others.
 * Errors: `slot_taken`, `outside_availability` (both with the nearest free starts), `not_found`, `rate_limited`,
 * `challenge_required`.
 */
export async function holdSlot(work: VisitorWork, input: z.output<typeof holdInput>): Promise<HoldView> {
  await allowSuspicious(work, input.challenge);
  const startsAt = Date.parse(input.startsAt) as Instant;
  const { placed, target } = await placeBooking(work, {
    resolve: () => resolveTarget(work, input),
    startsAt,
    columns: ({ setup }) => ({
      status: "held",
      source: "web",
      hold_expires_at: formatInstant((work.now + setup.organization.holdMinutes * MINUTE_MS) as Instant),
      held_by: holderOf(work.linkSecret, work.address),
    }),
  });
  const { setup, service } = target;
  return {
    holdToken: holdTokenOf(work.linkSecret, {
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
  work: HoldWork,
): Promise<{ expiresAt: string; remainingMs: number; isExtended: boolean }> {
  const { claims } = work;
  const extended = await callExtend(work, claims);
  if (extended.outcome === "expired") throw new AppError("hold_expired", "The hold on this time has expired");
  told(work);
  return {
    expiresAt: formatInstant(extended.holdExpiresAt as Instant),
    remainingMs: extended.holdMs ?? 0,
    isExtended: !extended.isRepeat,
  };
}

/** Gives a hold back; succeeds when it is gone already. */
export async function releaseHold(work: HoldWork): Promise<{ isReleased: true }> {
  const { claims } = work;
  await work.database.pool.query({
    name: "booking_release_hold",
    text: "SELECT booking_release_hold($1::uuid, $2::uuid, $3::jsonb)",
    values: [claims.organizationId, claims.appointmentId, JSON.stringify(actorColumns(work.actor))],
  });
  told(work);
  return { isReleased: true };
}

function told({ cache, database, claims: { providerId, siteId } }: HoldWork): void {
  cache.outdate(agendaKey(providerId), siteKey(siteId));
  database.doorbell.ring();
}
