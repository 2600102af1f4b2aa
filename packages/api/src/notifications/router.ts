import { z } from "zod";
import { router, tenantProcedure } from "../trpc.ts";
import { readTimeline } from "./read-timeline.ts";
import { sentNoticeView, timelineInput } from "./schema.ts";

export const notificationsRouter = router({
  timeline: tenantProcedure
    .input(timelineInput)
    .output(z.object({ items: z.array(sentNoticeView) }))
    .query(async ({ ctx, input }) => ({ items: await readTimeline(ctx.work, input) })),
});
