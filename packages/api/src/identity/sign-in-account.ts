import type { Database } from "@creneau/db/database";
import { normalizeEmail, type SessionClaims } from "./verify-credentials.ts";

/** What Google or Microsoft says of the person who came back from them. */
export interface ExternalIdentity {
  provider: string;
  providerAccountId: string;
  email: string | null;
  /** Whether the provider vouches that the address is this person's; without it an e-mail proves nothing. */
  isEmailVerified: boolean;
}

/**
 * The account behind an external identity: the one it was linked to before, else the existing one with the same
 * verified e-mail, which is linked now. Null for a stranger: nobody signs up by signing in.
 */
export async function findByExternalIdentity(
  database: Database,
  { provider, providerAccountId, email, isEmailVerified }: ExternalIdentity,
): Promise<SessionClaims | null> {
  const { prisma } = database;
  const account = { id: true, sessionVersion: true, deactivatedAt: true, emailVerifiedAt: true } as const;
  const linked = await prisma.signInAccount.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { user: { select: account } },
  });
  if (linked) return toClaims(linked.user);
  if (!email || !isEmailVerified) return null;
  const user = await prisma.user.findUnique({ where: { email: normalizeEmail(email) }, select: account });
  if (!user || user.deactivatedAt) return null;
  await prisma.signInAccount.createMany({
    data: [{ provider, providerAccountId, userId: user.id }],
    skipDuplicates: true,
  });
  return toClaims(user);
}

function toClaims(user: {
  id: string;
  sessionVersion: number;
  deactivatedAt: Date | null;
}): SessionClaims | null {
  return user.deactivatedAt ? null : { userId: user.id, sessionVersion: user.sessionVersion };
}
