import { declaredItems } from "../declare-output.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { holdOpen } from "./hold-open.ts";
import { holdOpenInput, presenceView } from "./schema.ts";

export const presenceRouter = router({
  holdOpen: tenantProcedure
    .input(holdOpenInput)
    .output(declaredItems(presenceView))
    .subscription(({ ctx, input, signal }) => holdOpen(ctx.work, input, signal)),
});
