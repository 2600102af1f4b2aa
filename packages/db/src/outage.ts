import { deadlockDetected, serializationFailure, sqlState } from "./sql-state.ts";

/**
 * Why the database did not do what was asked, where neither the statement nor its values are to blame:
 * - `unreachable`: no connection, or it broke, or the server is starting or stopping
 * - `stalled`: a connection is there and nothing comes back
 * - `crowded`: no connection was free in time, or others were in the way again and again
 * - `read_only`: a standby, or a database set so
 * - `storage`: no space or no access to its files
 * - `too_slow`: a statement or a transaction took longer than it may
 */
export type OutageReason = "unreachable" | "stalled" | "crowded" | "read_only" | "storage" | "too_slow";

/** Raised by this process itself instead of waiting on. */
export class OutageError extends Error {
  override readonly name = "OutageError";
  readonly reason: OutageReason;

  constructor(reason: OutageReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Errors of a connection itself; their codes alone do not tell them from those of a mail server's. */
const ofConnections = new WeakSet<Error>();

/** Says that this error came from a connection to the database, not from a statement. */
export function markConnectionError(error: unknown): void {
  if (error instanceof Error) ofConnections.add(error);
}

const byState: Record<string, OutageReason> = {
  "25006": "read_only",
  "25P03": "too_slow",
  "25P04": "too_slow",
  "53100": "storage",
  "53300": "crowded",
  "55P03": "too_slow",
  "57014": "too_slow",
  "57P01": "unreachable",
  "57P02": "unreachable",
  "57P03": "unreachable",
  "57P05": "unreachable",
  // Tried again by whoever began the transaction, several times.
  [serializationFailure]: "crowded",
  [deadlockDetected]: "crowded",
};
const byStateClass: Record<string, OutageReason> = {
  "08": "unreachable",
  "28": "unreachable",
  "3D": "unreachable",
  "53": "crowded",
  "58": "storage",
};

/** Prisma's own, where it keeps nothing of what the driver said. */
const byPrismaCode: Record<string, OutageReason> = {
  P1000: "unreachable",
  P1001: "unreachable",
  P1003: "unreachable",
  P1008: "stalled",
  P1010: "unreachable",
  P1011: "unreachable",
  P1017: "unreachable",
  P2037: "crowded",
};

/** Words of the driver and of Prisma, for what they give no code. */
const byWords: [RegExp, OutageReason][] = [
  [/^timeout exceeded when trying to connect|Unable to start a transaction in the given time/, "crowded"],
  [/cannot be executed on an expired transaction/, "too_slow"],
  [
    /^Connection terminated|^Client (has encountered a connection error|was closed)|^Cannot use a pool after/,
    "unreachable",
  ],
];

/** The reason when an error, or one that caused it, is an outage; null when it is anything else. */
export function outageOf(error: unknown): OutageReason | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 6; depth++) {
    const reason = reasonOf(current);
    if (reason) return reason;
    current = current.cause;
  }
  return null;
}

function reasonOf(error: Error): OutageReason | null {
  if (error instanceof OutageError) return error.reason;
  const state = sqlState(error);
  const byCode = state && (byState[state] ?? byStateClass[state.slice(0, 2)]);
  if (byCode) return byCode;
  if (ofConnections.has(error)) return "unreachable";
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && byPrismaCode[code]) return byPrismaCode[code];
  return byWords.find(([words]) => words.test(error.message))?.[1] ?? null;
}
