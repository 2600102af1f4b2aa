import { router, tenantProcedure } from "../trpc.ts";
import { closeFeed, listFeeds, renewFeed } from "./feed-link.ts";
import { feedInput, feedListView } from "./schema.ts";

/** The private calendar feed of a provider. */
export const calendarFeedRouter = router({
  list: tenantProcedure.output(feedListView).query(({ ctx }) => listFeeds(ctx.work)),
  renew: tenantProcedure.input(feedInput).mutation(({ ctx, input }) => renewFeed(ctx.work, input)),
  close: tenantProcedure.input(feedInput).mutation(({ ctx, input }) => closeFeed(ctx.work, input)),
});
