import type { Challenge, SolvedChallenge } from "./challenge.ts";

/**
 * Calls, and when the server asks for a proof of work first, solves it and calls again. `onWork` is told that it takes
 * a moment.
 */
export async function withChallenge<Answer>(
  call: (solved?: SolvedChallenge) => Promise<Answer>,
  { challengeIn, onWork }: { challengeIn: (error: unknown) => Challenge | null; onWork?: () => void },
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const challenge = challengeIn(error);
    if (!challenge) throw error;
    onWork?.();
    const { solveInWorker } = await import("./solve-in-worker.ts");
    return call(await solveInWorker(challenge));
  }
}
