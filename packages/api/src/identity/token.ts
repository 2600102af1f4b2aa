import { createHash, randomBytes } from "node:crypto";

/** A secret that is handed out once and kept only as a hash. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString("base64url");
  return { token, hash: hashToken(token) };
}

/** What is stored and looked up instead of the token; a preimage of 192 random bits cannot be guessed or timed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
