import { createHash } from "node:crypto";
import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { actorColumns } from "../actor.ts";
import { AppError } from "../errors.ts";
import { freshBusy, refusedStart } from "./alternatives.ts";
import { type BookingTarget, providersFor, type TargetNames } from "./booking-target.ts";
import { agendaKey, setupKeys, siteKey } from "./change-keys.ts";
import { chooseCandidates } from "./choose-candidates.ts";
import { type Contact, contactOf, limitRecipients } from "./contact.ts";
import { type HoldClaims, linkHash, manageTokenOf } from "./link-tokens.ts";
import type { HoldWork, VisitorWork } from "./open-link.ts";
import { type BookingDetails, outcomeError } from "./place-booking.ts";
import { type ConfirmRequest, callConfirm, type Placed } from "./queries.ts";
import type { BookedView, confirmInput } from "./schema.ts";

const attempts = 4;

/**
 * Turns a hold into a booking; the same answer however often the same is asked of the same hold. After its end it
 * succeeds only if the time is still free; otherwise, and when the hold has become anything but this very booking,
 * `hold_expired` with the three nearest starts. Errors besides: `invalid_input`, `rate_limited`, `idempotency_conflict`.
 */
export async function confirmHold(
  work: HoldWork,
  input: Omit<z.output<typeof confirmInput>, "holdToken">,
): Promise<BookedView> {
  const { claims } = work;
  const contact = await contactOf(work, input.client, async () => {
    const [setup] = await work.cache.setups(claims.organizationId, [claims.siteId], work.now);
    return setup?.site;
  });
  await limitRecipients(work, contact, input.attendees);
  const request: ConfirmRequest = {
    organizationId: claims.organizationId,
    actor: actorColumns(work.actor),
    id: claims.appointmentId,
    manageTokenHash: linkHash(manageTokenOf(work.linkSecret, claims.appointmentId)),
    liveCap: work.limits.liveBookings,
    ...detailsOf(work, input, contact),
    ...repeatOf(input, contact, claims),
  };
  let confirmed = await callConfirm(work, request);
  for (let attempt = 1; confirmed.outcome === "expired" || confirmed.outcome === "stale"; attempt++) {
    const target = await targetOf(work, claims);
    if (!target || attempt > attempts) throw await holdOver(work, claims);
    confirmed = await callConfirm(work, { ...request, renew: await renewal(work, target, claims) });
    if (confirmed.outcome === "stale") work.cache.outdate(...setupKeys(target.setup));
  }
  work.cache.outdate(agendaKey(claims.providerId), siteKey(claims.siteId));
  if (confirmed.outcome === "taken" || confirmed.outcome === "lost") throw await holdOver(work, claims);
  if (confirmed.outcome !== "placed") throw outcomeError(confirmed.outcome);
  return bookedView(work, confirmed);
}

type Details = z.output<typeof confirmInput>;

/** What both ways to book bring along besides time and place. */
export function detailsOf(
  work: VisitorWork,
  { attendees, answers }: Pick<Details, "attendees" | "answers">,
  client: Contact,
): BookingDetails {
  const given = Object.entries(answers).filter(([, answer]) => answer !== "");
  return {
    client,
    attendees,
    ...(given.length > 0 && {
      answers: given.map(([question, answer]) => `${question}\n${answer}`).join("\n\n"),
    }),
    address: work.address,
  };
}

/** What tells a request that is sent again from another one: its key, and who books what. */
export function repeatOf(
  { attendees, answers, idempotencyKey }: Pick<Details, "attendees" | "answers" | "idempotencyKey">,
  contact: Contact,
  place: { serviceId: string; startsAt: number; subject?: TargetNames["subject"] },
): { idempotencyKey?: string; idempotencyHash: string } {
  const identity = [
    place.serviceId,
    place.startsAt,
    contact.name,
    contact.email,
    contact.phone,
    attendees,
    Object.entries(answers).filter(([, answer]) => answer !== ""),
    ...(place.subject ? [place.subject] : []),
  ];
  return {
    ...(idempotencyKey && { idempotencyKey: `web:${idempotencyKey}` }),
    idempotencyHash: createHash("sha256").update(JSON.stringify(identity)).digest("base64url"),
  };
}

/** The answer of a booking made. */
export function bookedView(
  work: VisitorWork,
  { id, status, startsAt, endsAt }: Pick<Placed, "id" | "status" | "startsAt" | "endsAt">,
): BookedView {
  return {
    appointmentId: id,
    manageToken: manageTokenOf(work.linkSecret, id),
    status,
    startsAt: formatInstant(startsAt as Instant),
    endsAt: formatInstant(endsAt as Instant),
  };
}

/** What is said of a hold that is no more: the nearest starts that are free, none when its place is no longer offered. */
async function holdOver(work: VisitorWork, claims: HoldClaims): Promise<AppError> {
  const target = await targetOf(work, claims);
  return target
    ? refusedStart(work, "hold_expired", target, claims.startsAt as Instant)
    : new AppError("hold_expired", "The hold on this time has expired", { alternatives: [] });
}

/** The place of a hold that is gone, as it can be booked today; null when it cannot be booked at all any more. */
async function targetOf(work: VisitorWork, claims: HoldClaims): Promise<BookingTarget | null> {
  const [setup] = await work.cache.setups(claims.organizationId, [claims.siteId], work.now);
  const offered = setup?.services.find(({ id }) => id === claims.serviceId);
  if (!setup || !offered) return null;
  const service = { ...offered, durationMinutes: claims.durationMinutes, priceCents: claims.priceCents };
  const providers = providersFor(setup, service).filter(({ id }) => id === claims.providerId);
  return providers.length === 0
    ? null
    : { organizationId: claims.organizationId, setup, service, providers, isAnyone: false };
}

/** What books the same time anew under the same id, if it is open and free now; else `hold_expired`. */
async function renewal(
  work: VisitorWork,
  target: BookingTarget,
  claims: HoldClaims,
): Promise<ConfirmRequest["renew"]> {
  const startsAt = claims.startsAt as Instant;
  const now = work.now;
  const choice = chooseCandidates({ target, busy: await freshBusy(work, target, startsAt), startsAt, now });
  const candidate = choice.ok ? choice.candidates[0] : undefined;
  if (!choice.ok || !candidate) throw await refusedStart(work, "hold_expired", target, startsAt);
  const { write } = choice;
  const { setup, service } = target;
  return {
    versionKeys: setup.versionKeys,
    versionTotal: setup.versionTotal,
    columns: {
      id: claims.appointmentId,
      site_id: setup.site.id,
      provider_id: claims.providerId,
      room_id: candidate.rooms[0] ?? null,
      service_id: service.id,
      title: service.name,
      starts_at: formatInstant(write.startsAt),
      ends_at: formatInstant(write.endsAt),
      busy_from: formatInstant(write.busyFrom),
      busy_to: formatInstant(write.busyTo),
      location_kind: service.locationKind,
      price_cents: service.priceCents,
      status: "held",
      source: "web",
    },
  };
}
