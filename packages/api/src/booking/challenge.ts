import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A proof of work: find `nonce` so that SHA-256 of `salt + ":" + nonce` begins with `difficulty` zero bits. Issued
 * without being stored (the signature says it is ours), checked with one hash, spent once.
 */
export interface Challenge {
  salt: string;
  difficulty: number;
  /** ISO instant after which it counts no more. */
  expiresAt: string;
  signature: string;
}

/** A challenge with what was found. */
export interface SolvedChallenge extends Challenge {
  nonce: string;
}

const lifetimeMs = 10 * 60_000;

/** A new challenge of `difficulty` bits. */
export function issueChallenge({
  secret,
  now,
  difficulty,
}: {
  secret: string;
  now: number;
  difficulty: number;
}): Challenge {
  const salt = randomBytes(16).toString("base64url");
  const expiresAt = new Date(now + lifetimeMs).toISOString();
  return { salt, difficulty, expiresAt, signature: sign(secret, { salt, difficulty, expiresAt }) };
}

/** Whether the challenge is ours, still counts, and is solved. Whether it was spent before is the database's to say. */
export function isSolved(secret: string, solved: SolvedChallenge, now: number): boolean {
  const signature = Buffer.from(sign(secret, solved));
  const given = Buffer.from(solved.signature);
  if (given.length !== signature.length || !timingSafeEqual(given, signature)) return false;
  if (!(Date.parse(solved.expiresAt) > now)) return false;
  const hash = createHash("sha256").update(`${solved.salt}:${solved.nonce}`).digest();
  return leadingZeroBits(hash) >= solved.difficulty;
}

/** Finds the nonce: what a visitor's browser does. */
export function solveChallenge(challenge: Challenge): SolvedChallenge {
  for (let nonce = 0; ; nonce++) {
    const hash = createHash("sha256").update(`${challenge.salt}:${nonce}`).digest();
    if (leadingZeroBits(hash) >= challenge.difficulty) return { ...challenge, nonce: String(nonce) };
  }
}

function sign(secret: string, { salt, difficulty, expiresAt }: Omit<Challenge, "signature">): string {
  return createHmac("sha256", secret)
    .update(`creneau:challenge:${salt}:${difficulty}:${expiresAt}`)
    .digest("base64url");
}

function leadingZeroBits(hash: Buffer): number {
  let bits = 0;
  for (const byte of hash) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}
