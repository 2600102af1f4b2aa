import type { Challenge, SolvedChallenge } from "./challenge.ts";

/** Solves a challenge beside the page, which stays responsive meanwhile. */
export function solveInWorker(challenge: Challenge): Promise<SolvedChallenge> {
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
