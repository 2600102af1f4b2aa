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
  bookInput,
  cancelInput,
  confirmInput,
  firstAvailableInput,
  holdInput,
  holdTokenInput,
  manageInput,
  manageSlotsInput,
  onSlotsInput,
  pageInput,
  portalInput,
  rescheduleInput,
  searchInput,
  slotsInput,
  tellGuestsInput,
} from "./schema.ts";
import { searchSites } from "./search-sites.ts";
import { tellGuests } from "./tell-guests.ts";

/**
 * Public booking. No procedure here has a session; the scope comes from the link. Answers are built from explicit
 * columns and have no output schema: checking five hundred slots would cost more than finding them.
 */
export const bookingRouter = router({
  page: guestQuery
    .input(pageInput)
    .query(async ({ ctx, input }) => readPage(await openPage(ctx, input.username), input)),
  slots: guestQuery.input(slotsInput).query(async ({ ctx, input }) => {
    const work = await openPage(ctx, input.username);
    const target = await resolveTarget(work, input);
    const displayZone = input.timezone ?? target.setup.zone;
    const { answer } = await findSlots(work, { target, ...spanOf(input, displayZone), zone: displayZone });
    return shareAnswer(answer);
  }),
  firstAvailable: guestQuery
    .input(firstAvailableInput)
    .query(async ({ ctx, input }) => firstAvailable(await openPage(ctx, input.username), input)),
  onSlots: guestQuery
    .input(onSlotsInput)
    .subscription(({ ctx, input, signal }) => onSlots(watchPage(ctx, input.username), input, signal)),
  search: guestQuery
    .input(searchInput)
    .query(async ({ ctx, input }) => searchSites(await openPage(ctx, input.organizationSlug), input)),

  hold: guestMutation
    .input(holdInput)
    .mutation(async ({ ctx, input }) => holdSlot(await openPage(ctx, input.username), input)),
  extendHold: guestMutation
    .input(holdTokenInput)
    .mutation(({ ctx, input }) => extendHold(openHold(ctx, input.holdToken))),
  // Counted with the reads: who has used their writes up must not leave with a time that nobody else can book.
  releaseHold: guestQuery
    .input(holdTokenInput)
    .mutation(({ ctx, input }) => releaseHold(openHold(ctx, input.holdToken))),
  confirm: guestMutation
    .input(confirmInput)
    .mutation(({ ctx, input }) => confirmHold(openHold(ctx, input.holdToken), input)),
  book: guestMutation
    .input(bookInput)
    .mutation(async ({ ctx, input }) => bookSlot(await openPage(ctx, input.username), input)),

  manage: guestQuery
    .input(manageInput)
    .query(async ({ ctx, input }) => readBooking(await openBooking(ctx, input), input)),
  moveSlots: guestQuery
    .input(manageSlotsInput)
    .query(async ({ ctx, input }) => moveSlots(await openBooking(ctx, input), input)),
  reschedule: guestMutation
    .input(rescheduleInput)
    .mutation(async ({ ctx, input }) => rescheduleBooking(await openBooking(ctx, input), input)),
  cancel: guestMutation
    .input(cancelInput)
    .mutation(async ({ ctx, input }) => cancelBooking(await openBooking(ctx, input), input)),
  portal: guestQuery
    .input(portalInput)
    .query(async ({ ctx, input }) => readPortal(await openPortal(ctx, input.portalToken))),
  tellGuests: guestMutation
    .input(tellGuestsInput)
    .mutation(async ({ ctx, input }) => tellGuests(await openPortal(ctx, input.portalToken), input)),
  addNote: guestMutation
    .input(addNoteInput)
    .mutation(async ({ ctx, input }) => addClientNote(await openPortal(ctx, input.portalToken), input)),
});
