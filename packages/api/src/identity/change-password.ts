import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { changeUser } from "./change-user.ts";
import { hashPassword, unmatchableHash, verifyPassword } from "./password.ts";
import { passwordResetUntil } from "./password-reset.ts";
import type { Browser, Session } from "./session.ts";

/** What a browser asks of the process here. */
type Visit = Browser & Pick<Services, "database" | "now" | "rateLimit" | "forgetSession">;

/**
 * Sets a new password and ends every other session of this user; this browser keeps a fresh one. The present password is
 * asked for, except right after signing in by a mailed link. Errors: `invalid_input` (wrong or missing), `version_conflict`.
 */
export async function changePassword(
  visit: Visit & { session: Session },
  { currentPassword, newPassword }: { currentPassword?: string | undefined; newPassword: string },
): Promise<void> {
  const userId = visit.session.user.id;
  await visit.rateLimit("sign_in", `password:${userId}`);
  const user = await visit.database.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true },
  });
  const isProven =
    currentPassword === undefined
      ? passwordResetUntil(visit.linkSignInAt, visit.now()) !== null
      : await isPasswordOf(user, currentPassword);
  if (!isProven)
    throw new AppError("invalid_input", "The current password is wrong", { field: "currentPassword" });
  const changed = await changeUser(visit.database, {
    userId,
    // Two changes at once: the one that read the older password loses.
    where: { passwordHash: user.passwordHash },
    data: { passwordHash: await hashPassword(newPassword), sessionVersion: { increment: 1 } },
  });
  if (!changed) throw new AppError("version_conflict", "The password was changed elsewhere meanwhile");
  visit.forgetSession(userId);
  await visit.setSession?.({ userId, sessionVersion: changed.sessionVersion });
}

async function isPasswordOf(user: { passwordHash: string | null }, password: string): Promise<boolean> {
  const { matches } = await verifyPassword({ password, hash: user.passwordHash ?? unmatchableHash });
  return matches;
}
