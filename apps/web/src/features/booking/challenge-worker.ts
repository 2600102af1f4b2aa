import { leadingZeroBits, sha256 } from "./sha256.ts";

/** Finds the nonce whose hash with the salt begins with enough zero bits, and answers with it. */
addEventListener("message", ({ data }: MessageEvent<{ salt: string; difficulty: number }>) => {
  for (let nonce = 0; ; nonce++) {
    if (leadingZeroBits(sha256(`${data.salt}:${nonce}`)) >= data.difficulty) {
      (globalThis as unknown as { postMessage: (nonce: string) => void }).postMessage(String(nonce));
      return;
    }
  }
});
