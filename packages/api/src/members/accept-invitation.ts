import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import { hashPassword } from "../identity/password.ts";
import type { Browser } from "../identity/session.ts";
import { recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import { invitationGone, readInvitationToken } from "./invitation-token.ts";
import type { acceptedView, acceptInvitationInput, openInvitationView } from "./schema.ts";

/** What a browser asks of the process here. */
type Visit = Browser & Pick<Services, "database" | "now" | "rateLimit" | "forgetSession">;

/** What an invitation offers, for the one who holds its link. Errors: `not_found`, `rate_limited`. */
export async function openInvitation(
  visit: Visit,
  token: string,
): Promise<z.infer<typeof openInvitationView>> {
  await visit.rateLimit("public_read", visit.address);
  const { scope, hash } = readInvitationToken(token);
  return inTenant(visit.database, scope, async (tx) => {
    const invitation = await findOpen(tx, hash, visit.now());
    const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: scope.organizationId } });
    const account = await tx.db.user.findUnique({ where: { email: invitation.email }, select: { id: true } });
    const inviter = await tx.db.user.findUnique({
      where: { id: invitation.invitedById },
      select: { name: true },
    });
    return {
      organizationName: organization.name,
      accent: organization.accent,
      timezone: organization.timezone,
      invitedBy: inviter?.name ?? null,
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt.toISOString(),
      hasAccount: account !== null,
    };
  });
}

/**
 * Takes the offered seat: with the account of the invited address, signed in, or by making one. Making one signs in.
 * It works once. Errors: `not_found` (used, replaced or too old), `unauthenticated` (the address has an account),
 * `forbidden` (signed in with another address), `invalid_input` (no account given), `rate_limited`.
 */
export async function acceptInvitation(
  visit: Visit,
  { token, account }: z.output<typeof acceptInvitationInput>,
): Promise<z.infer<typeof acceptedView>> {
  await visit.rateLimit("public_write", visit.address);
  const { scope, hash } = readInvitationToken(token);
  // Hashing is slow on purpose and has no place inside a transaction.
  const passwordHash = account && !visit.session ? await hashPassword(account.password) : null;
  const accepted = await inTenant(visit.database, scope, async (tx) => {
    const { organizationId } = scope;
    await tx.query(
      "SELECT id FROM invitation WHERE organization_id = $1::uuid AND token_hash = $2 FOR UPDATE",
      [organizationId, hash],
    );
    const invitation = await findOpen(tx, hash, visit.now());
    const user =
      visit.session?.user ??
      (await createAccount(
        tx,
        invitation.email,
        account && passwordHash ? { ...account, passwordHash } : null,
      ));
    if (user.email !== invitation.email) {
      throw new AppError("forbidden", "This invitation is for another address", {
        field: "email",
        email: invitation.email,
      });
    }
    const { role, siteIds } = invitation;
    const seat = await tx.db.membership.upsert({
      where: { organizationId_userId: { organizationId, userId: user.id } },
      create: { organizationId, userId: user.id, role, siteIds },
      // Who got a seat in the meantime keeps it.
      update: {},
      select: { id: true, role: true },
    });
    await tx.db.invitation.update({
      where: { organizationId_id: { organizationId, id: invitation.id } },
      data: { acceptedAt: new Date(visit.now()) },
      select: { id: true },
    });
    const author = { actor: { kind: "user", userId: user.id }, address: visit.address } as const;
    await recordChange(tx, author, {
      type: "member.joined",
      entityId: seat.id,
      payload: { userId: user.id },
      diff: { accepted: { invitationId: invitation.id, role: seat.role } },
    });
    const { slug } = await tx.db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { slug: true },
    });
    return { userId: user.id, organizationId, slug, role: seat.role };
  });
  visit.forgetSession(accepted.userId);
  if (!visit.session) await visit.setSession?.({ userId: accepted.userId, sessionVersion: 1 });
  visit.setOrganization?.(accepted.organizationId);
  return { organizationId: accepted.organizationId, slug: accepted.slug, role: accepted.role };
}

async function findOpen(tx: TenantTx, hash: string, now: number) {
  const invitation = await tx.db.invitation.findFirst({
    where: {
      organizationId: tx.scope.organizationId,
      tokenHash: hash,
      acceptedAt: null,
      expiresAt: { gt: new Date(now) },
    },
  });
  if (!invitation) throw invitationGone();
  return invitation;
}

interface NewAccount {
  name: string;
  locale: string;
  passwordHash: string;
}

async function createAccount(
  tx: TenantTx,
  email: string,
  account: NewAccount | null,
): Promise<{ id: string; email: string }> {
  const known = await tx.db.user.findUnique({ where: { email }, select: { id: true } });
  if (known) throw new AppError("unauthenticated", "This address has an account: sign in first");
  if (!account) throw new AppError("invalid_input", "A name and a password are needed", { field: "account" });
  const { name, locale, passwordHash } = account;
  // Not verified: where no mail is sent, the link has been in other hands.
  return tx.db.user.create({
    data: { email, name, locale, passwordHash },
    select: { id: true, email: true },
  });
}
