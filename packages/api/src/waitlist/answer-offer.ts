import { inTenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { MINUTE_MS } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { bookingCache } from "../booking/booking-cache.ts";
import { agendaKey, siteKey } from "../booking/change-keys.ts";
import { bookedView, confirmHold } from "../booking/confirm-hold.ts";
import type { GuestContext } from "../booking/guest-procedure.ts";
import { holdTokenOf } from "../booking/link-tokens.ts";
import { type BookedView, confirmInput } from "../booking/schema.ts";
import { AppError, notFound } from "../errors.ts";
import { type ChangeAuthor, recordChange } from "../record-change.ts";
import { endEntry, giveOfferBack } from "./end-entry.ts";
import { resolveEntry, withEntry } from "./entry-link.ts";
import { entryView } from "./entry-views.ts";
import { type EntryRow, findEntry } from "./queries.ts";
import type { entryInput, WaitlistView } from "./schema.ts";

type Link = z.output<typeof entryInput>;

/** What has become of a wish. Errors: `not_found`. */
export function readEntry(ctx: GuestContext, { waitlistToken }: Link): Promise<WaitlistView> {
  return withEntry(ctx, waitlistToken, async (_tx, row) => entryView(row, ctx));
}

/**
 * Books the time that is kept for the person of the link; the same answer however often it is asked.
 * Errors: `hold_expired` when nothing is kept for them any more, `not_found`, `rate_limited`.
 */
export async function acceptOffer(ctx: GuestContext, { waitlistToken }: Link): Promise<BookedView> {
  const { scope, id } = await resolveEntry(ctx, waitlistToken);
  const row = await inTenantSql(ctx.database, scope, (tx) => findEntry(tx, { id, now: ctx.now() }));
  if (!row) throw notFound("link");
  const booked = bookedBefore(ctx, row) ?? (await confirmHold(ctx, confirmationOf(ctx, scope, row)));
  // The booking says that the wish has served; that the row says so too only spares the next look.
  const end = { appointmentId: booked.appointmentId };
  await inTenantSql(ctx.database, scope, (tx) =>
    endEntry(tx, authorOf(ctx), { entry: row, end, now: ctx.now() }),
  );
  return booked;
}

/** The booking that an offer became, whatever has become of it since; null while it is none. */
function bookedBefore(ctx: GuestContext, row: EntryRow): BookedView | null {
  const { state, offered_id, offered_status, offered_at, offered_end } = row;
  if (state !== "booked" || !offered_id || !offered_status || !offered_at || !offered_end) return null;
  const [startsAt, endsAt] = [offered_at.getTime(), offered_end.getTime()];
  return bookedView(ctx, { id: offered_id, status: offered_status, startsAt, endsAt });
}

/** What a visitor would send to confirm the hold that is the offer. */
function confirmationOf(ctx: GuestContext, { organizationId }: TenantScope, row: EntryRow) {
  const { offered_id, offered_at, offered_end, offered_provider_id } = row;
  if (!offered_id || !offered_at || !offered_end || !offered_provider_id)
    throw new AppError("hold_expired", "Nothing is kept for you any more", { alternatives: [] });
  return confirmInput.parse({
    holdToken: holdTokenOf(ctx.linkSecret, {
      organizationId,
      appointmentId: offered_id,
      providerId: offered_provider_id,
      siteId: row.site_id,
      serviceId: row.service_id,
      startsAt: offered_at.getTime(),
      durationMinutes: (offered_end.getTime() - offered_at.getTime()) / MINUTE_MS,
      priceCents: row.offered_price_cents,
    }),
    client: {
      name: row.name,
      email: row.email,
      ...(row.phone && { phone: row.phone }),
      locale: row.locale,
      ...(row.client_timezone && { timezone: row.client_timezone }),
    },
    idempotencyKey: `waitlist-${row.id}-${offered_id}`,
  });
}

function authorOf({ address }: GuestContext): ChangeAuthor {
  return { actor: { kind: "client", clientId: null }, address };
}

/** Gives an offered time back to the next one and goes on waiting; changes nothing without an offer. */
export function declineOffer(ctx: GuestContext, link: Link): Promise<WaitlistView> {
  return giveBack(ctx, link, { isLeaving: false });
}

/** Takes a wish off the list, its offer too; changes nothing when it is over already. */
export function leaveWaitlist(ctx: GuestContext, link: Link): Promise<WaitlistView> {
  return giveBack(ctx, link, { isLeaving: true });
}

async function giveBack(
  ctx: GuestContext,
  { waitlistToken }: Link,
  { isLeaving }: { isLeaving: boolean },
): Promise<WaitlistView> {
  return withEntry(ctx, waitlistToken, async (tx, row) => {
    if (isLeaving) await endEntry(tx, authorOf(ctx), { entry: row, end: { reason: "left" }, now: ctx.now() });
    else if (row.state === "offered" && row.offered_id) {
      const payload = { siteId: row.site_id, appointmentId: row.offered_id };
      await recordChange(tx, authorOf(ctx), { type: "waitlist.declined", entityId: row.id, payload });
    }
    await giveOfferBack(tx, row);
    if (row.offered_provider_id)
      bookingCache(ctx).outdate(siteKey(row.site_id), agendaKey(row.offered_provider_id));
    const after = await findEntry(tx, { id: row.id, now: ctx.now() });
    return entryView(after ?? row, ctx);
  });
}
