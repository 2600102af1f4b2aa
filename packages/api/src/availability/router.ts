import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { Instant } from "@creneau/domain/time/instant";
import { z } from "zod";
import { router, type TenantContext, tenantProcedure } from "../trpc.ts";
import { addException, removeExceptions } from "./change-exception.ts";
import { addTimeOff, removeTimeOff } from "./change-time-off.ts";
import { explainPlacement } from "./explain-placement.ts";
import { findNearest } from "./find-nearest.ts";
import { previewSlots } from "./preview-slots.ts";
import { readAvailability, readOpeningHours } from "./queries.ts";
import { readOpenTime } from "./read-open-time.ts";
import {
  addExceptionInput,
  addedExceptionsView,
  addTimeOffInput,
  availabilityView,
  collidingView,
  explainInput,
  explainView,
  getInput,
  nearestInput,
  nearestView,
  openInput,
  openingHoursInput,
  openingHoursView,
  openView,
  removeInput,
  removeManyInput,
  setOpeningHoursInput,
  setRulesInput,
  slotsInput,
  slotsView,
} from "./schema.ts";
import { setRules } from "./set-rules.ts";

const removedView = z.object({ id: z.uuid() });

function read<T>(ctx: TenantContext, work: (tx: TenantSql) => Promise<T>): Promise<T> {
  return inTenantSql(ctx.database, ctx.member.scope, work);
}

export const availabilityRouter = router({
  get: tenantProcedure
    .input(getInput)
    .output(availabilityView)
    .query(({ ctx, input }) => read(ctx, (tx) => readAvailability(tx, ctx.member, input))),
  openingHours: tenantProcedure
    .input(openingHoursInput)
    .output(openingHoursView)
    .query(({ ctx, input }) => read(ctx, (tx) => readOpeningHours(tx, ctx.member, input))),

  setRules: tenantProcedure
    .input(setRulesInput)
    .output(availabilityView)
    .mutation(async ({ ctx, input }) => {
      await setRules(ctx, input);
      return read(ctx, (tx) => readAvailability(tx, ctx.member, input));
    }),
  setOpeningHours: tenantProcedure
    .input(setOpeningHoursInput)
    .output(openingHoursView)
    .mutation(async ({ ctx, input }) => {
      await setRules(ctx, input);
      return read(ctx, (tx) => readOpeningHours(tx, ctx.member, input));
    }),
  addException: tenantProcedure
    .input(addExceptionInput)
    .output(addedExceptionsView)
    .mutation(({ ctx, input }) => addException(ctx, input)),
  removeException: tenantProcedure
    .input(removeInput)
    .output(removedView)
    .mutation(async ({ ctx, input }) => {
      await removeExceptions(ctx, { ids: [input.id] });
      return input;
    }),
  removeExceptions: tenantProcedure
    .input(removeManyInput)
    .output(removeManyInput)
    .mutation(async ({ ctx, input }) => {
      await removeExceptions(ctx, input);
      return input;
    }),
  addTimeOff: tenantProcedure
    .input(addTimeOffInput)
    .output(collidingView)
    .mutation(({ ctx, input }) => addTimeOff(ctx, input)),
  removeTimeOff: tenantProcedure
    .input(removeInput)
    .output(removedView)
    .mutation(async ({ ctx, input }) => {
      await removeTimeOff(ctx, input);
      return input;
    }),

  open: tenantProcedure
    .input(openInput)
    .output(openView)
    .query(({ ctx, input }) => read(ctx, (tx) => readOpenTime(tx, ctx.member, input, ctx.now() as Instant))),
  explain: tenantProcedure
    .input(explainInput)
    .output(explainView)
    .query(({ ctx, input }) =>
      read(ctx, (tx) => explainPlacement(tx, ctx.member, input, ctx.now() as Instant)),
    ),
  slots: tenantProcedure
    .input(slotsInput)
    .output(slotsView)
    .query(({ ctx, input }) => read(ctx, (tx) => previewSlots(tx, ctx.member, input, ctx.now() as Instant))),
  nearest: tenantProcedure
    .input(nearestInput)
    .output(nearestView)
    .query(({ ctx, input }) => read(ctx, (tx) => findNearest(tx, ctx.member, input, ctx.now() as Instant))),
});
