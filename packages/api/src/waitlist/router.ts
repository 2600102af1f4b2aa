import { z } from "zod";
import { guestMutation, guestQuery } from "../booking/guest-procedure.ts";
import { openPage } from "../booking/open-link.ts";
import { bookedView } from "../booking/schema.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { acceptOffer, declineOffer, leaveWaitlist, readEntry } from "./answer-offer.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { openEntry } from "./open-entry.ts";
import {
  entryIdInput,
  entryInput,
  joinedView,
  joinInput,
  listEntriesInput,
  staffEntryView,
  waitlistView,
} from "./schema.ts";
import { listWaitlist, removeEntry } from "./tend-waitlist.ts";

/** People who wait for a time that suits them: what they may do by their link, and what staff see. */
export const waitlistRouter = router({
  join: guestMutation
    .input(joinInput)
    .output(joinedView)
    .mutation(async ({ ctx, input }) => joinWaitlist(await openPage(ctx, input.username), input)),
  entry: guestQuery
    .input(entryInput)
    .output(waitlistView)
    .query(async ({ ctx, input }) => readEntry(await openEntry(ctx, input.waitlistToken))),
  accept: guestMutation
    .input(entryInput)
    .output(bookedView)
    .mutation(async ({ ctx, input }) => acceptOffer(await openEntry(ctx, input.waitlistToken))),
  decline: guestMutation
    .input(entryInput)
    .output(waitlistView)
    .mutation(async ({ ctx, input }) => declineOffer(await openEntry(ctx, input.waitlistToken))),
  leave: guestMutation
    .input(entryInput)
    .output(waitlistView)
    .mutation(async ({ ctx, input }) => leaveWaitlist(await openEntry(ctx, input.waitlistToken))),

  list: tenantProcedure
    .input(listEntriesInput)
    .output(z.object({ items: z.array(staffEntryView), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listWaitlist(ctx.work, input)),
  remove: tenantProcedure
    .input(entryIdInput)
    .output(entryIdInput)
    .mutation(({ ctx, input }) => removeEntry(ctx.work, input)),
});
