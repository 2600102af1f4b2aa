import { router, tenantProcedure } from "../trpc.ts";
import { holdOpen } from "./hold-open.ts";
import { holdOpenInput } from "./schema.ts";

export const presenceRouter = router({
  holdOpen: tenantProcedure
    .input(holdOpenInput)
    .subscription(({ ctx, input, signal }) => holdOpen(ctx.work, input, signal)),
});
