import type { Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { allowSuspicious } from "./allow-suspicious.ts";
import { resolveTarget } from "./booking-target.ts";
import { bookedView, detailsOf, repeatOf } from "./confirm-hold.ts";
import { contactOf, limitContact } from "./contact.ts";
import type { GuestContext } from "./guest-procedure.ts";
import { linkHash, manageTokenOf } from "./link-tokens.ts";
import { placeBooking } from "./place-booking.ts";
import type { BookedView, bookInput } from "./schema.ts";

/** Books in one call, without a hold: for integrators. The same idempotency key gives the same booking. */
export async function bookSlot(ctx: GuestContext, input: z.output<typeof bookInput>): Promise<BookedView> {
  await allowSuspicious(ctx, input.challenge);
  const contact = await contactOf(
    ctx,
    input.client,
    async () => (await resolveTarget(ctx, input)).setup.site,
  );
  await limitContact(ctx, contact);
  const startsAt = Date.parse(input.startsAt) as Instant;
  const { placed } = await placeBooking(ctx, {
    resolve: () => resolveTarget(ctx, input),
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
        manage_token_hash: linkHash(manageTokenOf(ctx.linkSecret, id)),
        idempotency_key: idempotencyKey ?? null,
        idempotency_hash: idempotencyHash,
      };
    },
    details: detailsOf(ctx, input, contact),
  });
  return bookedView(ctx, placed);
}
