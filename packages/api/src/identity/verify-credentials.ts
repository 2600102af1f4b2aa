import type { Database } from "@creneau/db/database";
import { hashPassword, unmatchableHash, verifyPassword } from "./password.ts";

/** Who signed in: what a session token says. */
export interface SessionClaims {
  userId: string;
  sessionVersion: number;
  /** When this session was opened by a mailed link, epoch milliseconds; absent for one opened otherwise. */
  linkSignInAt?: number;
}

/** E-mail addresses are compared and stored in this form, which the database can hold. */
export function normalizeEmail(email: string): string {
  return email.replaceAll("\0", "").normalize("NFKC").trim().toLowerCase();
}

/**
 * The account behind an e-mail and a password; null when either is wrong, the account has no password or was
 * deactivated. All refusals take the time of one password check, so accounts cannot be told apart from strangers.
 */
export async function verifyCredentials(
  database: Database,
  { email, password }: { email: string; password: string },
): Promise<SessionClaims | null> {
  const user = await database.prisma.user.findUnique({
    where: { email: normalizeEmail(email) },
    select: { id: true, passwordHash: true, sessionVersion: true, deactivatedAt: true },
  });
  const { matches, needsRehash } = await verifyPassword({
    password,
    hash: user?.passwordHash ?? unmatchableHash,
  });
  if (!user || !matches || user.deactivatedAt) return null;
  if (needsRehash && user.passwordHash) {
    // Only if nobody changed the password meanwhile.
    await database.prisma.user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash },
      data: { passwordHash: await hashPassword(password) },
    });
  }
  return { userId: user.id, sessionVersion: user.sessionVersion };
}
