/** How long after signing in by a mailed link a new password can be set without the present one. */
const resetMinutes = 15;

/** Until when this session may, epoch milliseconds; null when it may not. */
export function passwordResetUntil(linkSignInAt: number | undefined, now: number): number | null {
  if (linkSignInAt === undefined || linkSignInAt > now) return null;
  const until = linkSignInAt + resetMinutes * 60_000;
  return now < until ? until : null;
}
