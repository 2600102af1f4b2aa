import { router, tenantProcedure } from "../trpc.ts";
import { closeFeed, feedInput, renewFeed } from "./feed-link.ts";

/** The private calendar feed of a provider. */
export const calendarFeedRouter = router({
  renew: tenantProcedure.input(feedInput).mutation(({ ctx, input }) => renewFeed(ctx, input)),
  close: tenantProcedure.input(feedInput).mutation(({ ctx, input }) => closeFeed(ctx, input)),
});
