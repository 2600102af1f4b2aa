/** A proof of work as the API asks for it. */
export interface Challenge {
  salt: string;
  difficulty: number;
  expiresAt: string;
  signature: string;
}

export type SolvedChallenge = Challenge & { nonce: string };

/** Solves a challenge beside the page, which stays responsive meanwhile. */
function solveInWorker(challenge: Challenge): Promise<SolvedChallenge> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./challenge-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      worker.terminate();
      resolve({ ...challenge, nonce: data });
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message || "the worker did not start"));
    };
    worker.postMessage({ salt: challenge.salt, difficulty: challenge.difficulty });
  });
}

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
    return call(await solveInWorker(challenge));
  }
}
