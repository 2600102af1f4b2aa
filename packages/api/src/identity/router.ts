import { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import { publicProcedure, router, userProcedure } from "../trpc.ts";
import { changePassword } from "./change-password.ts";
import { changeUser } from "./change-user.ts";
import { readViewer } from "./queries.ts";
import {
  changePasswordInput,
  configSchema,
  switchOrganizationInput,
  updateProfileInput,
  viewerSchema,
} from "./schema.ts";

export const sessionRouter = router({
  me: publicProcedure
    .output(viewerSchema)
    .query(({ ctx }) => (ctx.session ? readViewer(ctx, ctx.session) : null)),

  config: publicProcedure.output(configSchema).query(({ ctx }) => ctx.publicConfig),

  switchOrganization: userProcedure
    .input(switchOrganizationInput)
    .output(z.object({ id: z.uuid(), slug: z.string() }))
    .mutation(({ ctx, input }) => {
      const seat = ctx.session.seats.find(({ organizationId }) => organizationId === input.organizationId);
      if (!seat) throw notFound("organization");
      if (!ctx.setOrganization)
        throw new AppError("invalid_input", "Switch over HTTP: a socket cannot set a cookie");
      ctx.setOrganization(seat.organizationId);
      return { id: seat.organizationId, slug: seat.slug };
    }),

  updateProfile: userProcedure
    .input(updateProfileInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const userId = ctx.session.user.id;
      await changeUser(ctx.database, { userId, data: input });
      ctx.forgetSession(userId);
    }),

  changePassword: userProcedure
    .input(changePasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  signOutEverywhere: userProcedure.output(z.void()).mutation(async ({ ctx }) => {
    const userId = ctx.session.user.id;
    await changeUser(ctx.database, { userId, data: { sessionVersion: { increment: 1 } } });
    ctx.forgetSession(userId);
    await ctx.setSession?.(null);
  }),
});
