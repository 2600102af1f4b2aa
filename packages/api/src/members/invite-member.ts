import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { UserActor } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { deliverMessageNow } from "../messages/deliver-message.ts";
import { renderMail } from "../messages/render-mail.ts";
import { sayText } from "../messages/say-text.ts";
import { recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import { newInvitationToken } from "./invitation-token.ts";
import { requireMemberAction, requireRoleReach, requireSiteReach } from "./policy.ts";
import { listInvitations } from "./queries.ts";
import type { invitedView, inviteInput } from "./schema.ts";

const validDays = 7;

/**
 * Offers a seat. A new invitation to the same address replaces the older one, whose link dies. The link goes by mail;
 * only where no mail can be sent is it answered, once. Errors: `forbidden`, `already_exists` (a member), `not_found` (a site).
 */
export async function inviteMember(
  work: TenantWork<UserActor> & Pick<Services, "rateLimit" | "publicConfig" | "mailer">,
  input: z.output<typeof inviteInput>,
): Promise<z.infer<typeof invitedView>> {
  requireMemberAction(work.actor, "change");
  requireRoleReach(work.actor, input.role);
  requireSiteReach(work.actor, input.siteIds);
  await work.rateLimit("public_write", `invite:${work.actor.userId}`);
  const { token, hash } = newInvitationToken(work.scope.organizationId);
  const { invitation, organization } = await inTenant(work.database, work.scope, async (tx) => {
    const { organizationId } = tx.scope;
    await requireSites(tx, input.siteIds);
    const seats = await tx.db.membership.count({ where: { organizationId, user: { email: input.email } } });
    if (seats > 0)
      throw new AppError("already_exists", "This person is a member already", { field: "email" });
    await tx.db.invitation.deleteMany({ where: { organizationId, email: input.email, acceptedAt: null } });
    const { id } = await tx.db.invitation.create({
      data: {
        organizationId,
        email: input.email,
        role: input.role,
        siteIds: input.siteIds,
        tokenHash: hash,
        invitedById: work.actor.userId,
        expiresAt: new Date(work.now + validDays * 86_400_000),
      },
      select: { id: true },
    });
    const diff = { role: input.role, siteIds: input.siteIds };
    await recordChange(tx, work, { type: "member.invited", entityId: id, payload: {}, diff });
    const found = (await listInvitations(tx, work.actor, work.now)).find((each) => each.id === id);
    if (!found) throw notFound("invitation");
    const owner = await tx.db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true, locale: true },
    });
    return { invitation: found, organization: owner };
  });
  const locale = (input.locale ?? organization.locale) === "en" ? "en" : "fr";
  const link = `${work.publicConfig.appUrl}/${locale}/invitation/${token}`;
  const { mailer } = work;
  if (!mailer) return { invitation, mailed: false, link };
  const values = { name: work.actor.userName, organization: organization.name };
  const content = {
    subject: sayText(locale, "invitation.subject", values),
    ...renderMail({
      locale,
      sender: organization.name,
      paragraphs: [sayText(locale, "invitation.lead", values)],
      action: { label: sayText(locale, "invitation.action"), url: link },
      closing: sayText(locale, "invitation.closing", { days: validDays }),
    }),
  };
  const recipient = { channel: "email", address: input.email, locale, timezone: null } as const;
  const message = { key: `invitation:${invitation.id}`, template: "invitation", recipient };
  void deliverMessageNow(
    { scope: work.scope, message, content },
    { database: work.database, log: work.log, mailer },
  );
  return { invitation, mailed: true, link: null };
}

/** @throws AppError `not_found` */
export async function requireSites(tx: TenantTx, siteIds: readonly string[]): Promise<void> {
  const wished = [...new Set(siteIds)];
  const known = await tx.db.site.count({
    where: { organizationId: tx.scope.organizationId, id: { in: wished } },
  });
  if (known !== wished.length) throw notFound("site");
}

/** Withdraws an invitation: its link dies. Errors: `forbidden`, `not_found`. */
export function revokeInvitation(work: TenantWork<UserActor>, { id }: { id: string }): Promise<void> {
  requireMemberAction(work.actor, "change");
  return inTenant(work.database, work.scope, async (tx) => {
    const { organizationId } = tx.scope;
    const invitation = await tx.db.invitation.findFirst({ where: { organizationId, id, acceptedAt: null } });
    if (!invitation) throw notFound("invitation");
    requireRoleReach(work.actor, invitation.role);
    requireSiteReach(work.actor, invitation.siteIds);
    await tx.db.invitation.deleteMany({ where: { organizationId, id } });
    await recordChange(tx, work, { type: "member.invitation_revoked", entityId: id, payload: {} });
  });
}
