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
} from "./schema.ts";
import { searchSites } from "./search-sites.ts";

/**
 * Public booking. No procedure here has a session; the scope comes from the link. Answers are built from explicit
 * columns and have no output schema: checking five hundred slots would cost more than finding them.
 */
export const bookingRouter = router({
  page: guestQuery.input(pageInput).query(({ ctx, input }) => readPage(ctx, input)),
  slots: guestQuery.input(slotsInput).query(async ({ ctx, input }) => {
    const target = await resolveTarget(ctx, input);
    const displayZone = input.timezone ?? target.setup.zone;
    const { answer } = await findSlots(ctx, { target, ...spanOf(input, displayZone), zone: displayZone });
    return shareAnswer(answer);
  }),
  firstAvailable: guestQuery.input(firstAvailableInput).query(({ ctx, input }) => firstAvailable(ctx, input)),
  onSlots: guestQuery
    .input(onSlotsInput)
    .subscription(({ ctx, input, signal }) => onSlots(ctx, input, signal)),
  search: guestQuery.input(searchInput).query(({ ctx, input }) => searchSites(ctx, input)),

  hold: guestMutation.input(holdInput).mutation(({ ctx, input }) => holdSlot(ctx, input)),
  extendHold: guestMutation.input(holdTokenInput).mutation(({ ctx, input }) => extendHold(ctx, input)),
  // Counted with the reads: who has used their writes up must not leave with a time that nobody else can book.
  releaseHold: guestQuery.input(holdTokenInput).mutation(({ ctx, input }) => releaseHold(ctx, input)),
  confirm: guestMutation.input(confirmInput).mutation(({ ctx, input }) => confirmHold(ctx, input)),
  book: guestMutation.input(bookInput).mutation(({ ctx, input }) => bookSlot(ctx, input)),

  manage: guestQuery.input(manageInput).query(({ ctx, input }) => readBooking(ctx, input)),
  moveSlots: guestQuery.input(manageSlotsInput).query(({ ctx, input }) => moveSlots(ctx, input)),
  reschedule: guestMutation
    .input(rescheduleInput)
    .mutation(({ ctx, input }) => rescheduleBooking(ctx, input)),
  cancel: guestMutation.input(cancelInput).mutation(({ ctx, input }) => cancelBooking(ctx, input)),
  portal: guestQuery.input(portalInput).query(({ ctx, input }) => readPortal(ctx, input)),
  addNote: guestMutation.input(addNoteInput).mutation(({ ctx, input }) => addClientNote(ctx, input)),
});
