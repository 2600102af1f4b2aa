import { AppError } from "../errors.ts";
import { isSolved, issueChallenge, type SolvedChallenge } from "./challenge.ts";
import type { VisitorWork } from "./open-link.ts";

/**
 * Lets an address take holds within its budget, and beyond it only against a proof of work (up to the budget of all
 * writes). Errors: `challenge_required`, with a challenge to solve in `details.challenge`.
 */
export async function allowSuspicious(work: VisitorWork, solved: SolvedChallenge | undefined): Promise<void> {
  try {
    await work.rateLimit("hold", work.address);
  } catch (refusal) {
    if (!(refusal instanceof AppError) || refusal.code !== "rate_limited") throw refusal;
    if (solved && (await spend(work, solved))) return;
    const { challengeBits } = work.limits;
    const challenge = issueChallenge({ secret: work.linkSecret, now: work.now, difficulty: challengeBits });
    throw new AppError("challenge_required", "Prove that you are not a machine", {
      ...refusal.details,
      challenge,
    });
  }
}

async function spend(work: VisitorWork, solved: SolvedChallenge): Promise<boolean> {
  if (!isSolved(work.linkSecret, solved, work.now)) return false;
  const { rows } = await work.database.pool.query<{ spent: boolean }>(
    "SELECT spend_challenge($1::text, $2::timestamptz) AS spent",
    [solved.salt, solved.expiresAt],
  );
  return rows[0]?.spent === true;
}
