import { inTenantSql } from "@creneau/db/in-tenant";
import type { Instant } from "@creneau/domain/time/instant";
import { router, tenantProcedure } from "../trpc.ts";
import { readAvailability, readOpeningHours } from "./queries.ts";
import { readOpenTime } from "./read-open-time.ts";
import { availabilityView, getInput, openInput, openingHoursInput, openingHoursView, openView } from "./schema.ts";

export const availabilityRouter = router({
  get: tenantProcedure
    .input(getInput)
    .output(availabilityView)
    .query(({ ctx, input }) => inTenantSql(ctx.database, ctx.member.scope, (tx) => readAvailability(tx, ctx.member, input))),

  openingHours: tenantProcedure
    .input(openingHoursInput)
    .output(openingHoursView)
    .query(({ ctx, input }) => inTenantSql(ctx.database, ctx.member.scope, (tx) => readOpeningHours(tx, ctx.member, input))),

  open: tenantProcedure
    .input(openInput)
    .output(openView)
    .query(({ ctx, input }) =>
      inTenantSql(ctx.database, ctx.member.scope, (tx) => readOpenTime(tx, ctx.member, input, ctx.now() as Instant)),
    ),
});
