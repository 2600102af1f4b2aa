import { AppError } from "../errors.ts";
import { usualBookingLimits } from "./booking-limits.ts";
import { isSolved, issueChallenge, type SolvedChallenge } from "./challenge.ts";
import type { GuestContext } from "./guest-procedure.ts";

/**
 * Lets an address take holds within its budget, and beyond it only against a proof of work (up to the budget of all
 * writes). Errors: `challenge_required`, with a challenge to solve in `details.challenge`.
 */
export async function allowSuspicious(ctx: GuestContext, solved: SolvedChallenge | undefined): Promise<void> {
  try {
    await ctx.rateLimit("hold", ctx.address);
  } catch (refusal) {
    if (!(refusal instanceof AppError) || refusal.code !== "rate_limited") throw refusal;
    if (solved && (await spend(ctx, solved))) return;
    const { challengeBits } = { ...usualBookingLimits, ...ctx.bookingLimits };
    const challenge = issueChallenge({ secret: ctx.linkSecret, now: ctx.now(), difficulty: challengeBits });
    throw new AppError("challenge_required", "Prove that you are not a machine", {
      ...refusal.details,
      challenge,
    });
  }
}

async function spend(ctx: GuestContext, solved: SolvedChallenge): Promise<boolean> {
  if (!isSolved(ctx.linkSecret, solved, ctx.now())) return false;
  const { rows } = await ctx.database.pool.query<{ spent: boolean }>(
    "SELECT spend_challenge($1::text, $2::timestamptz) AS spent",
    [solved.salt, solved.expiresAt],
  );
  return rows[0]?.spent === true;
}
