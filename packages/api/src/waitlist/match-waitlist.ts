import { inTenantSql } from "@creneau/db/in-tenant";
import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { localDate } from "@creneau/domain/time/local-date";
import { chooseOffer, mostOffers } from "@creneau/domain/waitlist/choose-offer";
import type { SystemActor } from "../actor.ts";
import { type BookingTarget, providersFor, serviceAt } from "../booking/booking-target.ts";
import { holderOf } from "../booking/link-tokens.ts";
import type { BookingWork } from "../booking/open-link.ts";
import { placeBooking } from "../booking/place-booking.ts";
import { AppError } from "../errors.ts";
import { recordEnd } from "./events.ts";
import { type EntryRow, findWaiting } from "./queries.ts";
import { freeOnDays } from "./wish.ts";

type WaitlistWork = BookingWork<SystemActor>;

interface OverEntry {
  id: string;
  site_id: string;
  booked_id: string | null;
}

/** Looked at in one run; the next one follows within a minute. */
const mostEntries = 2000;
/** A hold nobody is told of yet: should the worker die before it is an offer, it lapses soon. */
const placingMs = 2 * MINUTE_MS;

/**
 * Offers what is free to those who wait, first come first: takes a hold for them, then makes it their offer together
 * with the mail about it. Answers how many offers were made. Any number may run at once: a time goes to one of them,
 * and an entry takes one offer at a time. `open` gives the work as of the present instant: a run may last.
 */
export async function matchWaitlist(open: () => WaitlistWork): Promise<number> {
  const work = open();
  const { database, scope, now } = work;
  const { waiting, aheadMs } = await inTenantSql(database, scope, async (tx) => {
    const over = await tx.query<OverEntry>(
      `UPDATE waitlist_entry e SET ended_at = $2, updated_at = $2 FROM site s
       WHERE e.organization_id = $1::uuid AND e.ended_at IS NULL AND s.organization_id = e.organization_id AND s.id = e.site_id
         AND (e.to_date < ($2::timestamptz AT TIME ZONE s.timezone)::date OR cardinality(e.offered_starts) >= $3
           OR EXISTS (SELECT FROM appointment o WHERE o.organization_id = e.organization_id AND o.id = e.offered_appointment_id AND o.client_id IS NOT NULL))
         AND NOT EXISTS (SELECT FROM appointment o WHERE o.organization_id = e.organization_id AND o.id = e.offered_appointment_id
           AND o.status = 'held' AND o.hold_expires_at > now())
       RETURNING e.id, e.site_id, (SELECT o.id FROM appointment o WHERE o.organization_id = e.organization_id
         AND o.id = e.offered_appointment_id AND o.client_id IS NOT NULL) AS booked_id`,
      [scope.organizationId, new Date(now), mostOffers],
      "waitlist_end_served",
    );
    for (const { booked_id, ...entry } of over)
      await recordEnd(tx, work, entry, booked_id ? { appointmentId: booked_id } : { reason: "over" });
    // An offer is a hold, and holds are judged by the database's clock: until when it is kept is counted from that.
    const [theirs] = await tx.query<{ now: number }>("SELECT epoch_ms(now()) AS now");
    const aheadMs = theirs ? theirs.now - now : 0;
    return { waiting: await findWaiting(tx, { now, limit: mostEntries }), aheadMs };
  });
  if (waiting.length === 0) return 0;
  let offers = 0;
  for (const entry of waiting) if (await offerTo(open(), { entry, aheadMs })) offers += 1;
  return offers;
}

async function offerTo(
  work: WaitlistWork,
  { entry, aheadMs }: { entry: EntryRow; aheadMs: number },
): Promise<boolean> {
  const target = await targetOf(work, entry);
  if (!target) return false;
  const { zone } = target.setup;
  const now = (work.now + aheadMs) as Instant;
  const wish = {
    fromDate: localDate(entry.from_date),
    toDate: localDate(entry.to_date),
    startMinute: entry.start_minute,
    endMinute: entry.end_minute,
    offered: entry.offered_starts.map((at) => at.getTime() as Instant),
    seen: entry.seen_starts.map((at) => at.getTime() as Instant),
  };
  const starts = await freeOnDays(work, target, wish);
  const offer = chooseOffer({ wish, starts, zone, now });
  if (!offer) return false;
  try {
    const { placed } = await placeBooking(work, {
      resolve: async () => (await targetOf(work, entry)) ?? target,
      startsAt: offer.startsAt,
      columns: () => ({
        status: "held",
        source: "web",
        hold_expires_at: formatInstant((work.now + placingMs) as Instant),
        held_by: holderOf(work.linkSecret, `waitlist ${entry.id}`),
      }),
    });
    const { rows } = await work.database.pool.query<{ offered: boolean }>({
      name: "waitlist_offer",
      text: "SELECT waitlist_offer($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz) AS offered",
      values: [work.scope.organizationId, entry.id, placed.id, new Date(offer.until), new Date(work.now)],
    });
    work.database.doorbell.ring();
    return rows[0]?.offered === true;
  } catch (error) {
    // Taken or closed in the meantime: the next run looks anew.
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** What the entry would book today; null when the service or the provider is not offered there any more. */
async function targetOf(work: WaitlistWork, entry: EntryRow): Promise<BookingTarget | null> {
  const { organizationId } = work.scope;
  const [setup] = await work.cache.setups(organizationId, [entry.site_id], work.now);
  const subject = entry.subject_attributes ? { attributes: entry.subject_attributes } : undefined;
  const service = setup && serviceAt(setup, entry.service_slug, subject);
  if (!service) return null;
  const providers = providersFor(setup, service).filter(
    ({ id }) => entry.provider_id === null || id === entry.provider_id,
  );
  return providers.length === 0
    ? null
    : { organizationId, setup, service, providers, isAnyone: entry.provider_id === null };
}
