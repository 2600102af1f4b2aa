import { router, tenantProcedure } from "../trpc.ts";
import { addAttendees, releaseAttendees, removeAttendee, respondForAttendee } from "./change-attendees.ts";
import {
  addAttendeesInput,
  attendeesView,
  releaseInput,
  removeAttendeeInput,
  respondInput,
} from "./schema.ts";

export const attendeesRouter = router({
  add: tenantProcedure
    .input(addAttendeesInput)
    .output(attendeesView)
    .mutation(({ ctx, input }) => addAttendees(ctx.work, input)),
  release: tenantProcedure
    .input(releaseInput)
    .output(attendeesView)
    .mutation(({ ctx, input }) => releaseAttendees(ctx.work, input)),
  remove: tenantProcedure
    .input(removeAttendeeInput)
    .output(attendeesView)
    .mutation(({ ctx, input }) => removeAttendee(ctx.work, input)),
  respond: tenantProcedure
    .input(respondInput)
    .output(attendeesView)
    .mutation(({ ctx, input }) => respondForAttendee(ctx.work, input)),
});
