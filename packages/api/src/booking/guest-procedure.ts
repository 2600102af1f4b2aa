import type { Context } from "../context.ts";
import { publicProcedure } from "../trpc.ts";

/** Context of a visitor without an account. */
export type GuestContext = Context;

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
