import { inTenantSql } from "@creneau/db/in-tenant";
import { MINUTE_MS } from "@creneau/domain/time/instant";
import { zone } from "@creneau/domain/time/zone";
import { agendaKey, siteKey } from "../booking/change-keys.ts";
import { bookedView, confirmHold } from "../booking/confirm-hold.ts";

import type { BookedView } from "../booking/schema.ts";
import { AppError } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import { endEntry, giveOfferBack } from "./end-entry.ts";
import { entryView } from "./entry-views.ts";
import { type EntryWork, withEntry } from "./open-entry.ts";
import { type EntryRow, findEntry } from "./queries.ts";
import type { WaitlistView } from "./schema.ts";

/** What has become of a wish. Errors: `not_found`. */
export function readEntry(work: EntryWork): Promise<WaitlistView> {
  return withEntry(work, async (_tx, row) => entryView(row, work));
}

/**
 * Books the time that is kept for the person of the link; the same answer however often it is asked.
 * Errors: `hold_expired` when nothing is kept for them any more, `not_found`, `rate_limited`.
 */
export async function acceptOffer(work: EntryWork): Promise<BookedView> {
  const row = await withEntry(work, async (_tx, found) => found);
  const booked = bookedBefore(work, row) ?? (await confirmOffer(work, row));
  // The booking says that the wish has served; that the row says so too only spares the next look.
  const end = { appointmentId: booked.appointmentId };
  await inTenantSql(work.database, work.scope, (tx) =>
    endEntry(tx, work, { entry: row, end, now: work.now }),
  );
  return booked;
}

/** The booking that an offer became, whatever has become of it since; null while it is none. */
function bookedBefore(work: EntryWork, row: EntryRow): BookedView | null {
  const { state, offered_id, offered_status, offered_at, offered_end } = row;
  if (state !== "booked" || !offered_id || !offered_status || !offered_at || !offered_end) return null;
  const [startsAt, endsAt] = [offered_at.getTime(), offered_end.getTime()];
  return bookedView(work, { id: offered_id, status: offered_status, startsAt, endsAt });
}

/** Confirms the hold that is the offer, for the person of the wish. */
function confirmOffer(work: EntryWork, row: EntryRow): Promise<BookedView> {
  const { offered_id, offered_at, offered_end, offered_provider_id } = row;
  if (!offered_id || !offered_at || !offered_end || !offered_provider_id)
    throw new AppError("hold_expired", "Nothing is kept for you any more", { alternatives: [] });
  const claims = {
    organizationId: work.scope.organizationId,
    appointmentId: offered_id,
    providerId: offered_provider_id,
    siteId: row.site_id,
    serviceId: row.service_id,
    startsAt: offered_at.getTime(),
    durationMinutes: (offered_end.getTime() - offered_at.getTime()) / MINUTE_MS,
    priceCents: row.offered_price_cents,
  };
  // Not read by the schema of what visitors send: what that refuses by now may have been taken when they joined.
  const confirmation: Parameters<typeof confirmHold>[1] = {
    client: {
      name: row.name,
      email: row.email,
      ...(row.phone && { phone: row.phone }),
      locale: row.locale === "en" ? "en" : "fr",
      ...(row.client_timezone && { timezone: zone(row.client_timezone) }),
    },
    attendees: [],
    answers: {},
    idempotencyKey: `waitlist-${row.id}-${offered_id}`,
  };
  return confirmHold({ ...work, claims }, confirmation);
}

/** Gives an offered time back to the next one and goes on waiting; changes nothing without an offer. */
export function declineOffer(work: EntryWork): Promise<WaitlistView> {
  return giveBack(work, { isLeaving: false });
}

/** Takes a wish off the list, its offer too; changes nothing when it is over already. */
export function leaveWaitlist(work: EntryWork): Promise<WaitlistView> {
  return giveBack(work, { isLeaving: true });
}

async function giveBack(work: EntryWork, { isLeaving }: { isLeaving: boolean }): Promise<WaitlistView> {
  return withEntry(work, async (tx, row) => {
    if (isLeaving) await endEntry(tx, work, { entry: row, end: { reason: "left" }, now: work.now });
    else if (row.state === "offered" && row.offered_id) {
      const payload = { siteId: row.site_id, appointmentId: row.offered_id };
      await recordChange(tx, work, { type: "waitlist.declined", entityId: row.id, payload });
    }
    await giveOfferBack(tx, work.actor, row);
    if (row.offered_provider_id) work.cache.outdate(siteKey(row.site_id), agendaKey(row.offered_provider_id));
    const after = await findEntry(tx, { id: row.id, now: work.now });
    return entryView(after ?? row, work);
  });
}
