import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A browser forgets that it was here after a year without a sign-in. */
export const deviceSeconds = 365 * 24 * 60 * 60;
/** Accounts one browser is known for: a shared desk has several. */
const maxAccounts = 10;
const tagBytes = 16;

/** A browser that has signed in before, and as whom. */
export interface Device {
  id: string;
  knows(userId: string): boolean;
}

/**
 * What a browser keeps of the accounts it has signed in to: a random id, and for each account a signature of the two.
 * It opens nothing. Whoever brings one may try passwords for these accounts on a budget of their own, so that nobody
 * elsewhere can lock them out. Nothing is stored here, and neither accounts nor addresses can be read from it.
 */
export class DeviceTags {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = createHmac("sha256", secret).update("creneau device cookie").digest();
  }

  #tag(id: string, userId: string): string {
    const digest = createHmac("sha256", this.#key).update(`${id} ${userId}`).digest();
    return digest.subarray(0, tagBytes).toString("base64url");
  }

  /** Null when the text is none of ours. Whether its signatures are is seen when it is asked about an account. */
  read(text: string | undefined): Device | null {
    const [id, ...tags] = text?.split(".") ?? [];
    if (!id || !/^[\w-]{22}$/.test(id) || tags.length > maxAccounts) return null;
    return { id, knows: (userId) => tags.some((tag) => isSame(tag, this.#tag(id, userId))) };
  }

  /** The text to keep after a sign-in: what was known, and this account first. */
  remember(text: string | undefined, userId: string): string {
    const known = this.read(text);
    const id = known?.id ?? randomBytes(tagBytes).toString("base64url");
    const tag = this.#tag(id, userId);
    const others = (known ? (text ?? "").split(".").slice(1) : []).filter((each) => each !== tag);
    return [id, tag, ...others].slice(0, maxAccounts + 1).join(".");
  }
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
