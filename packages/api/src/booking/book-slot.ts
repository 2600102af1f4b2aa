import type { Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { allowSuspicious } from "./allow-suspicious.ts";
import { resolveTarget } from "./booking-target.ts";
import { bookedView, detailsOf, repeatOf } from "./confirm-hold.ts";
import { contactOf, limitRecipients } from "./contact.ts";
import { linkHash, manageTokenOf } from "./link-tokens.ts";
import type { VisitorWork } from "./open-link.ts";
import { placeBooking } from "./place-booking.ts";
import type { BookedView, bookInput } from "./schema.ts";

/** Books in one call, without a hold: for integrators. The same idempotency key gives the same booking. */
export async function bookSlot(work: VisitorWork, input: z.output<typeof bookInput>): Promise<BookedView> {
  await allowSuspicious(work, input.challenge);
  const contact = await contactOf(
    work,
    input.client,
    async () => (await resolveTarget(work, input)).setup.site,
  );
  await limitRecipients(work, contact, input.attendees);
  const startsAt = Date.parse(input.startsAt) as Instant;
  const { placed } = await placeBooking(work, {
    resolve: () => resolveTarget(work, input),
    startsAt,
    columns: ({ service }, id) => {
      const { idempotencyKey, idempotencyHash } = repeatOf(input, contact, {
        serviceId: service.id,
        startsAt,
        subject: input.subject,
      });
      return {
        status: service.needsApproval ? "pending" : "confirmed",
        source: "web",
        manage_token_hash: linkHash(manageTokenOf(work.linkSecret, id)),
        idempotency_key: idempotencyKey ?? null,
        idempotency_hash: idempotencyHash,
      };
    },
    details: detailsOf(work, input, contact),
  });
  return bookedView(work, placed);
}
