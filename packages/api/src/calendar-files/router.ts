import { z } from "zod";
import { router, tenantProcedure } from "../trpc.ts";
import { closeFeed, listFeeds, renewFeed } from "./feed-link.ts";
import { feedInput, feedListView } from "./schema.ts";

/** The private calendar feed of a provider. */
export const calendarFeedRouter = router({
  list: tenantProcedure.output(feedListView).query(({ ctx }) => listFeeds(ctx.work)),
  renew: tenantProcedure
    .input(feedInput)
    .output(z.object({ url: z.string() }))
    .mutation(({ ctx, input }) => renewFeed(ctx.work, input)),
  close: tenantProcedure
    .input(feedInput)
    .output(z.object({ isClosed: z.literal(true) }))
    .mutation(({ ctx, input }) => closeFeed(ctx.work, input)),
});
