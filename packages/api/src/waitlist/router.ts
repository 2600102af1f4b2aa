import { z } from "zod";
import { guestMutation, guestQuery } from "../booking/guest-procedure.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { acceptOffer, declineOffer, leaveWaitlist, readEntry } from "./answer-offer.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { entryIdInput, entryInput, joinInput, listEntriesInput, staffEntryView } from "./schema.ts";
import { listWaitlist, removeEntry } from "./tend-waitlist.ts";

/** People who wait for a time that suits them: what they may do by their link, and what staff see. */
export const waitlistRouter = router({
  join: guestMutation.input(joinInput).mutation(({ ctx, input }) => joinWaitlist(ctx, input)),
  entry: guestQuery.input(entryInput).query(({ ctx, input }) => readEntry(ctx, input)),
  accept: guestMutation.input(entryInput).mutation(({ ctx, input }) => acceptOffer(ctx, input)),
  decline: guestMutation.input(entryInput).mutation(({ ctx, input }) => declineOffer(ctx, input)),
  leave: guestMutation.input(entryInput).mutation(({ ctx, input }) => leaveWaitlist(ctx, input)),

  list: tenantProcedure
    .input(listEntriesInput)
    .output(z.object({ items: z.array(staffEntryView), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listWaitlist(ctx.work, input)),
  remove: tenantProcedure
    .input(entryIdInput)
    .output(entryIdInput)
    .mutation(({ ctx, input }) => removeEntry(ctx.work, input)),
});
