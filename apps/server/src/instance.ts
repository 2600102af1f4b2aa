import { createHmac } from "node:crypto";

/**
 * Tells one installation from another, to those who know its secret already: `/healthz` says it, and the doctor sees by it
 * whether an address leads here. Nothing of the secret can be learnt from it.
 */
export function instanceOf(secret: string): string {
  return createHmac("sha256", secret).update("creneau instance").digest("base64url").slice(0, 16);
}
