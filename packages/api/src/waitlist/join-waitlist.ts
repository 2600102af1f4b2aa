import { advisoryLocks } from "@creneau/db/advisory-locks";
import { inTenantSql } from "@creneau/db/in-tenant";
import { dayNumberOf, type LocalDate, localDate } from "@creneau/domain/time/local-date";
import { localDateOf } from "@creneau/domain/time/local-time";
import type { z } from "zod";
import { allowSuspicious } from "../booking/allow-suspicious.ts";
import { resolveTarget } from "../booking/booking-target.ts";
import { contactOf, limitRecipients } from "../booking/contact.ts";
import { linkHash, waitlistTokenOf } from "../booking/link-tokens.ts";
import type { VisitorWork } from "../booking/open-link.ts";
import { AppError } from "../errors.ts";
import { newId } from "../new-id.ts";
import { recordChange } from "../record-change.ts";
import { furthestWishDays, type joinInput, longestWishDays } from "./schema.ts";
import { seenBy } from "./wish.ts";

/** Wishes one address may have open in one organization. */
const mostOpen = 5;

/**
 * Puts a visitor on the list, and tells them by mail where to look. The same idempotency key gives the same entry.
 * Errors: `invalid_input` (an address for the mails, the dates), `not_found`, `rate_limited`, `challenge_required`.
 */
export async function joinWaitlist(
  work: VisitorWork,
  input: z.output<typeof joinInput>,
): Promise<{ waitlistToken: string }> {
  await allowSuspicious(work, input.challenge);
  const contact = await contactOf(
    work,
    input.client,
    async () => (await resolveTarget(work, input)).setup.site,
  );
  const { email } = contact;
  if (!email) throw new AppError("invalid_input", "An e-mail address is needed", { field: "client.email" });
  await limitRecipients(work, contact);
  const target = await resolveTarget(work, input);
  const now = work.now;
  assertWish(input, localDateOf(now, target.setup.zone));
  const { organizationId, setup, service, providers, isAnyone } = target;
  const id = newId(now);
  const seen = await seenBy(work, target, {
    fromDate: localDate(input.fromDate),
    toDate: localDate(input.toDate),
    startMinute: input.startMinute,
    endMinute: input.endMinute,
  });
  const entryId = await inTenantSql(work.database, work.scope, async (tx) => {
    // One at a time for each address, so that the cap holds however many come at once.
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1::text, $2::bigint))::text", [
      `${organizationId} ${email}`,
      advisoryLocks.openWishes,
    ]);
    const [known] = await tx.query<{ id: string; email: string }>(
      "SELECT id, email FROM waitlist_entry WHERE organization_id = $1::uuid AND idempotency_key = $2",
      [organizationId, input.idempotencyKey ?? null],
    );
    if (known && known.email !== email)
      throw new AppError("idempotency_conflict", "This idempotency key was used for another request");
    if (known) return known.id;
    const [{ open } = { open: 0 }] = await tx.query<{ open: number }>(
      `SELECT count(*)::integer AS open FROM waitlist_entry
       WHERE organization_id = $1::uuid AND email = $2 AND ended_at IS NULL AND to_date >= $3::date`,
      [organizationId, email, input.fromDate],
    );
    if (open >= mostOpen)
      throw new AppError("rate_limited", "Too many wishes at once", { reason: "open_wishes" });
    await tx.query(
      `INSERT INTO waitlist_entry (organization_id, id, site_id, service_id, provider_id, name, email, phone, locale, timezone,
         subject_attributes, from_date, to_date, start_minute, end_minute, token_hash, idempotency_key, created_at, updated_at, seen_starts)
       VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6, $7, $8, $9, $10, $11::jsonb, $12::date, $13::date, $14, $15, $16, $17, $18, $18, $19::timestamptz[])`,
      [
        organizationId,
        id,
        setup.site.id,
        service.id,
        isAnyone ? null : providers[0]?.id,
        contact.name,
        email,
        contact.phone,
        contact.locale,
        contact.timezone,
        input.subject ? JSON.stringify(input.subject.attributes) : null,
        input.fromDate,
        input.toDate,
        input.startMinute,
        input.endMinute,
        linkHash(waitlistTokenOf(work.linkSecret, id)),
        input.idempotencyKey ?? null,
        new Date(now),
        seen.map((start) => new Date(start)),
      ],
    );
    const providerId = (isAnyone ? null : providers[0]?.id) ?? null;
    await recordChange(tx, work, {
      type: "waitlist.joined",
      entityId: id,
      payload: { siteId: setup.site.id, serviceId: service.id, providerId },
    });
    return id;
  });
  return { waitlistToken: waitlistTokenOf(work.linkSecret, entryId) };
}

function assertWish(
  { fromDate, toDate, startMinute, endMinute }: z.output<typeof joinInput>,
  today: LocalDate,
): void {
  const refuse = (message: string, field: string) => new AppError("invalid_input", message, { field });
  if (toDate < fromDate) throw refuse("The period ends before it begins", "toDate");
  if (toDate < today) throw refuse("The period is over", "toDate");
  if (dayNumberOf(localDate(toDate)) - dayNumberOf(localDate(fromDate)) >= longestWishDays)
    throw refuse(`At most ${longestWishDays} days`, "toDate");
  if (dayNumberOf(localDate(toDate)) - dayNumberOf(today) > furthestWishDays)
    throw refuse(`At most ${furthestWishDays} days ahead`, "toDate");
  if (endMinute <= startMinute) throw refuse("The times end before they begin", "endMinute");
}
