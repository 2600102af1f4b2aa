import { inTenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import { declared, declaredTracked } from "../declare-output.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { appointmentViewFor } from "./appointment-row.ts";
import { cancelAppointment } from "./cancel-appointment.ts";
import { createAppointment } from "./create-appointment.ts";
import { moveAppointment } from "./move-appointment.ts";
import { onAppointmentChange } from "./on-change.ts";
import { listAppointments, listAttendees, listHistory, loadAppointment } from "./queries.ts";
import { releaseHold } from "./release-hold.ts";
import {
  appointmentChange,
  appointmentView,
  attendeeView,
  byIdInput,
  cancelInput,
  createInput,
  historyView,
  listInput,
  listView,
  moveInput,
  onChangeInput,
  setStatusInput,
  undoableView,
  undoInput,
  updateInput,
} from "./schema.ts";
import { setStatus } from "./set-status.ts";
import { undoChange } from "./undo-change.ts";
import { updateAppointment } from "./update-appointment.ts";

const changedView = z.object({ appointment: appointmentView });
const createdView = changedView.extend({ warnings: undoableView.shape.warnings });

export const appointmentsRouter = router({
  list: tenantProcedure
    .input(listInput)
    .output(declared(listView))
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, (tx) => listAppointments(tx, ctx.work.actor, input)),
    ),

  byId: tenantProcedure
    .input(byIdInput)
    .output(appointmentView.extend({ attendees: z.array(attendeeView) }))
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, async (tx) => {
        const row = await loadAppointment(tx, ctx.work.actor, input.id);
        return {
          ...appointmentViewFor(ctx.work.actor, row),
          attendees: await listAttendees(tx, ctx.work.actor, row.id),
        };
      }),
    ),

  create: tenantProcedure
    .input(createInput)
    .output(declared(createdView))
    .mutation(({ ctx, input }) => createAppointment(ctx.work, input)),
  move: tenantProcedure
    .input(moveInput)
    .output(declared(undoableView))
    .mutation(({ ctx, input }) => moveAppointment(ctx.work, input)),
  undo: tenantProcedure
    .input(undoInput)
    .output(changedView)
    .mutation(({ ctx, input }) => undoChange(ctx.work, input)),
  update: tenantProcedure
    .input(updateInput)
    .output(undoableView)
    .mutation(({ ctx, input }) => updateAppointment(ctx.work, input)),
  cancel: tenantProcedure
    .input(cancelInput)
    .output(undoableView)
    .mutation(({ ctx, input }) => cancelAppointment(ctx.work, input)),
  releaseHold: tenantProcedure
    .input(byIdInput)
    .output(z.object({ isReleased: z.literal(true) }))
    .mutation(({ ctx, input }) => releaseHold(ctx.work, input)),
  setStatus: tenantProcedure
    .input(setStatusInput)
    .output(changedView)
    .mutation(({ ctx, input }) => setStatus(ctx.work, input)),

  history: tenantProcedure
    .input(byIdInput)
    .output(historyView)
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, async (tx) => {
        await loadAppointment(tx, ctx.work.actor, input.id);
        const entries = await listHistory(tx, input.id);
        return {
          items: entries.map(({ id, action, diff, by, created_at }) => ({
            id,
            action,
            diff,
            by,
            at: created_at.toISOString(),
          })),
        };
      }),
    ),

  onChange: tenantProcedure
    .input(onChangeInput)
    .output(declaredTracked(appointmentChange))
    .subscription(({ ctx, input, signal }) => onAppointmentChange(ctx.work, input, signal)),
});
