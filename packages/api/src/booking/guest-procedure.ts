import { publicProcedure } from "../trpc.ts";

/** Reads of public pages: counted by network address. The scope comes from the link, inside each use case. */
export const guestQuery = publicProcedure.use(async ({ ctx, next }) => {
  await ctx.rateLimit("public_read", ctx.address);
  return next();
});

/** Writes of visitors: a smaller budget. */
export const guestMutation = publicProcedure.use(async ({ ctx, next }) => {
  await ctx.rateLimit("public_write", ctx.address);
  return next();
});
