/** One thing the doctor looked at. A fault hurts somebody now; a hint may hurt one day, or nobody. */
export interface Finding {
  level: "fine" | "hint" | "fault";
  /** What was looked at, in one or two words. */
  about: string;
  says: string;
  /** What to do about it. */
  mend?: string;
}

export function fine(about: string, says: string): Finding {
  return { level: "fine", about, says };
}

export function hint(about: string, says: string, mend?: string): Finding {
  return { level: "hint", about, says, ...(mend && { mend }) };
}

export function fault(about: string, says: string, mend: string): Finding {
  return { level: "fault", about, says, mend };
}

/** A failed network call in words: what the system says, without Node's wrapping. */
export function reasonOf(error: unknown): string {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; depth++) {
    const { code, errors } = current as { code?: string; errors?: unknown[] };
    const words = code && known[code];
    if (words) return words;
    const next = errors?.[0] ?? current.cause;
    if (next === undefined) return current.message || code || current.name;
    current = next;
  }
  return String(error);
}

const known: Record<string, string> = {
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name cannot be looked up",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  ETIMEDOUT: "no answer",
  UND_ERR_CONNECT_TIMEOUT: "no answer",
  EHOSTUNREACH: "the machine cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by nobody known",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};
