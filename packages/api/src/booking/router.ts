import { z } from "zod";
import { declared, declaredTracked } from "../declare-output.ts";
import { sharedNoteView } from "../notes/schema.ts";
import { shareAnswer } from "../shared-answer.ts";
import { router } from "../trpc.ts";
import { bookSlot } from "./book-slot.ts";
import { resolveTarget } from "./booking-target.ts";
import { cancelBooking, rescheduleBooking } from "./change-booking.ts";
import { confirmHold } from "./confirm-hold.ts";
import { findSlots } from "./find-slots.ts";
import { firstAvailable } from "./first-available.ts";
import { guestMutation, guestQuery } from "./guest-procedure.ts";
import { extendHold, holdSlot, releaseHold } from "./hold-slot.ts";
import { moveSlots, readBooking } from "./manage-booking.ts";
import { spanOf } from "./moments.ts";
import { onSlots } from "./on-slots.ts";
import { openBooking, openHold, openPage, openPortal, watchPage } from "./open-link.ts";
import { readPage } from "./read-page.ts";
import { addClientNote, readPortal } from "./read-portal.ts";
import {
  addNoteInput,
  bookedView,
  bookInput,
  cancelInput,
  confirmInput,
  extendedView,
  firstAvailableInput,
  foundSitesView,
  holdInput,
  holdTokenInput,
  holdView,
  managedView,
  manageInput,
  manageSlotsInput,
  manageView,
  moveSlotsView,
  onSlotsInput,
  pageInput,
  pageView,
  portalInput,
  portalView,
  releasedView,
  rescheduleInput,
  searchInput,
  slotsChange,
  slotsInput,
  slotsView,
  tellGuestsInput,
  toldGuestsView,
} from "./schema.ts";
import { searchSites } from "./search-sites.ts";
import { tellGuests } from "./tell-guests.ts";

/** Public booking. No procedure here has a session; the scope comes from the link. */
export const bookingRouter = router({
  page: guestQuery
    .input(pageInput)
    .output(declared(pageView))
    .query(async ({ ctx, input }) => readPage(await openPage(ctx, input.username), input)),
  slots: guestQuery
    .input(slotsInput)
    .output(declared(slotsView))
    .query(async ({ ctx, input }) => {
      const work = await openPage(ctx, input.username);
      const target = await resolveTarget(work, input);
      const displayZone = input.timezone ?? target.setup.zone;
      const { answer } = await findSlots(work, { target, ...spanOf(input, displayZone), zone: displayZone });
      return shareAnswer(answer);
    }),
  firstAvailable: guestQuery
    .input(firstAvailableInput)
    .output(declared(slotsView))
    .query(async ({ ctx, input }) => firstAvailable(await openPage(ctx, input.username), input)),
  onSlots: guestQuery
    .input(onSlotsInput)
    .output(declaredTracked(slotsChange))
    .subscription(({ ctx, input, signal }) => onSlots(watchPage(ctx, input.username), input, signal)),
  search: guestQuery
    .input(searchInput)
    .output(declared(foundSitesView))
    .query(async ({ ctx, input }) => searchSites(await openPage(ctx, input.organizationSlug), input)),

  hold: guestMutation
    .input(holdInput)
    .output(declared(holdView))
    .mutation(async ({ ctx, input }) => holdSlot(await openPage(ctx, input.username), input)),
  extendHold: guestMutation
    .input(holdTokenInput)
    .output(declared(extendedView))
    .mutation(({ ctx, input }) => extendHold(openHold(ctx, input.holdToken))),
  // Counted with the reads: who has used their writes up must not leave with a time that nobody else can book.
  releaseHold: guestQuery
    .input(holdTokenInput)
    .output(declared(releasedView))
    .mutation(({ ctx, input }) => releaseHold(openHold(ctx, input.holdToken))),
  confirm: guestMutation
    .input(confirmInput)
    .output(declared(bookedView))
    .mutation(({ ctx, input }) => confirmHold(openHold(ctx, input.holdToken), input)),
  book: guestMutation
    .input(bookInput)
    .output(declared(bookedView))
    .mutation(async ({ ctx, input }) => bookSlot(await openPage(ctx, input.username), input)),

  manage: guestQuery
    .input(manageInput)
    .output(managedView)
    .query(async ({ ctx, input }) => readBooking(await openBooking(ctx, input), input)),
  moveSlots: guestQuery
    .input(manageSlotsInput)
    .output(declared(moveSlotsView))
    .query(async ({ ctx, input }) => moveSlots(await openBooking(ctx, input), input)),
  reschedule: guestMutation
    .input(rescheduleInput)
    .output(manageView)
    .mutation(async ({ ctx, input }) => rescheduleBooking(await openBooking(ctx, input), input)),
  cancel: guestMutation
    .input(cancelInput)
    .output(manageView)
    .mutation(async ({ ctx, input }) => cancelBooking(await openBooking(ctx, input), input)),
  portal: guestQuery
    .input(portalInput)
    .output(portalView)
    .query(async ({ ctx, input }) => readPortal(await openPortal(ctx, input.portalToken))),
  tellGuests: guestMutation
    .input(tellGuestsInput)
    .output(toldGuestsView)
    .mutation(async ({ ctx, input }) => tellGuests(await openPortal(ctx, input.portalToken), input)),
  addNote: guestMutation
    .input(addNoteInput)
    .output(z.object({ notes: z.array(sharedNoteView) }))
    .mutation(async ({ ctx, input }) => addClientNote(await openPortal(ctx, input.portalToken), input)),
});
