import { inTenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import { publicProcedure, router, tenantProcedure, userProcedure } from "../trpc.ts";
import { acceptInvitation, openInvitation } from "./accept-invitation.ts";
import { changeRole, leaveOrganization, removeMember } from "./change-seat.ts";
import { chooseUsername, usernameRefusal } from "./choose-username.ts";
import { inviteMember, revokeInvitation } from "./invite-member.ts";
import { requireMemberAction } from "./policy.ts";
import { listInvitations, listMembers } from "./queries.ts";
import {
  acceptedView,
  acceptInvitationInput,
  changeRoleInput,
  invitationInput,
  invitationView,
  invitedView,
  inviteInput,
  memberIdInput,
  memberView,
  openInvitationView,
  setUsernameInput,
  usernameAvailableInput,
  usernameAvailableView,
} from "./schema.ts";

export const membersRouter = router({
  list: tenantProcedure
    .output(z.object({ items: z.array(memberView), invitations: z.array(invitationView) }))
    .query(({ ctx }) => {
      requireMemberAction(ctx.work.actor, "view");
      return inTenantSql(ctx.work.database, ctx.work.scope, async (tx) => ({
        items: await listMembers(tx, ctx.work.actor),
        invitations: await listInvitations(tx, ctx.work.actor, ctx.work.now),
      }));
    }),
  invite: tenantProcedure
    .input(inviteInput)
    .output(invitedView)
    .mutation(({ ctx, input }) => inviteMember(ctx.work, input)),
  revokeInvitation: tenantProcedure
    .input(memberIdInput)
    .output(memberIdInput)
    .mutation(async ({ ctx, input }) => {
      await revokeInvitation(ctx.work, input);
      return input;
    }),
  changeRole: tenantProcedure
    .input(changeRoleInput)
    .output(memberView)
    .mutation(({ ctx, input }) => changeRole(ctx.work, input)),
  remove: tenantProcedure
    .input(memberIdInput)
    .output(memberIdInput)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx.work, input);
      return input;
    }),
  leave: tenantProcedure.output(z.void()).mutation(({ ctx }) => leaveOrganization(ctx.work)),

  invitation: publicProcedure
    .input(invitationInput)
    .output(openInvitationView)
    .query(({ ctx, input }) => openInvitation(ctx, input.token)),
  acceptInvitation: publicProcedure
    .input(acceptInvitationInput)
    .output(acceptedView)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),

  usernameAvailable: userProcedure
    .input(usernameAvailableInput)
    .output(usernameAvailableView)
    .query(async ({ ctx, input }) => {
      const userId = ctx.session.user.id;
      await ctx.rateLimit("username_check", userId);
      const reason = await usernameRefusal(ctx.database, {
        userId,
        username: input.username,
        now: ctx.now(),
      });
      return { available: reason === null, reason };
    }),
  setUsername: userProcedure
    .input(setUsernameInput)
    .output(setUsernameInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.rateLimit("username_check", ctx.session.user.id);
      await chooseUsername(ctx, input.username);
      return input;
    }),
});
