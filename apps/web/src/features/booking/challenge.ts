/** A proof of work as the API asks for it. */
export interface Challenge {
  salt: string;
  difficulty: number;
  expiresAt: string;
  signature: string;
}

export type SolvedChallenge = Challenge & { nonce: string };
