import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import type { TenantWork } from "../tenant-work.ts";
import { router, tenantProcedure } from "../trpc.ts";
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
  savedAvailabilityView,
  savedOpeningHoursView,
  setOpeningHoursInput,
  setRulesInput,
  slotsInput,
  slotsView,
} from "./schema.ts";
import { setRules } from "./set-rules.ts";

const removedView = z.object({ id: z.uuid() });

function read<T>({ database, scope }: TenantWork, work: (tx: TenantSql) => Promise<T>): Promise<T> {
  return inTenantSql(database, scope, work);
}

export const availabilityRouter = router({
  get: tenantProcedure
    .input(getInput)
    .output(availabilityView)
    .query(({ ctx, input }) => read(ctx.work, (tx) => readAvailability(tx, ctx.work.actor, input))),
  openingHours: tenantProcedure
    .input(openingHoursInput)
    .output(openingHoursView)
    .query(({ ctx, input }) => read(ctx.work, (tx) => readOpeningHours(tx, ctx.work.actor, input))),

  setRules: tenantProcedure
    .input(setRulesInput)
    .output(savedAvailabilityView)
    .mutation(async ({ ctx, input }) => {
      const collisions = await setRules(ctx.work, input);
      const saved = await read(ctx.work, (tx) => readAvailability(tx, ctx.work.actor, input));
      return { ...saved, collisions };
    }),
  setOpeningHours: tenantProcedure
    .input(setOpeningHoursInput)
    .output(savedOpeningHoursView)
    .mutation(async ({ ctx, input }) => {
      const collisions = await setRules(ctx.work, input);
      const saved = await read(ctx.work, (tx) => readOpeningHours(tx, ctx.work.actor, input));
      return { ...saved, collisions };
    }),
  addException: tenantProcedure
    .input(addExceptionInput)
    .output(addedExceptionsView)
    .mutation(({ ctx, input }) => addException(ctx.work, input)),
  removeException: tenantProcedure
    .input(removeInput)
    .output(removedView)
    .mutation(async ({ ctx, input }) => {
      await removeExceptions(ctx.work, { ids: [input.id] });
      return input;
    }),
  removeExceptions: tenantProcedure
    .input(removeManyInput)
    .output(removeManyInput)
    .mutation(async ({ ctx, input }) => {
      await removeExceptions(ctx.work, input);
      return input;
    }),
  addTimeOff: tenantProcedure
    .input(addTimeOffInput)
    .output(collidingView)
    .mutation(({ ctx, input }) => addTimeOff(ctx.work, input)),
  removeTimeOff: tenantProcedure
    .input(removeInput)
    .output(removedView)
    .mutation(async ({ ctx, input }) => {
      await removeTimeOff(ctx.work, input);
      return input;
    }),

  open: tenantProcedure
    .input(openInput)
    .output(openView)
    .query(({ ctx, input }) => read(ctx.work, (tx) => readOpenTime(tx, ctx.work.actor, input, ctx.work.now))),
  explain: tenantProcedure
    .input(explainInput)
    .output(explainView)
    .query(({ ctx, input }) =>
      read(ctx.work, (tx) => explainPlacement(tx, ctx.work.actor, input, ctx.work.now)),
    ),
  slots: tenantProcedure
    .input(slotsInput)
    .output(slotsView)
    .query(({ ctx, input }) => read(ctx.work, (tx) => previewSlots(tx, ctx.work.actor, input, ctx.work.now))),
  nearest: tenantProcedure
    .input(nearestInput)
    .output(nearestView)
    .query(({ ctx, input }) => read(ctx.work, (tx) => findNearest(tx, ctx.work.actor, input, ctx.work.now))),
});
