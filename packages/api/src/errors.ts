import { type OutageReason, outageOf } from "@creneau/db/outage";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";

/** Every way a request can be refused; stable, part of the contract. */
export const errorCodes = {
  slot_taken: "CONFLICT",
  version_conflict: "CONFLICT",
  hold_expired: "CONFLICT",
  idempotency_conflict: "CONFLICT",
  already_exists: "CONFLICT",
  in_use: "CONFLICT",
  undo_expired: "CONFLICT",
  /** Something done since stands in the way of taking this back; `details.reasons` says what. */
  undo_refused: "CONFLICT",
  /** The record has been merged into another, whose id is `details.intoId`. */
  merged: "CONFLICT",
  outside_availability: "UNPROCESSABLE_CONTENT",
  invalid_transition: "UNPROCESSABLE_CONTENT",
  too_late_to_cancel: "UNPROCESSABLE_CONTENT",
  invalid_input: "BAD_REQUEST",
  not_found: "NOT_FOUND",
  forbidden: "FORBIDDEN",
  unauthenticated: "UNAUTHORIZED",
  rate_limited: "TOO_MANY_REQUESTS",
  challenge_required: "TOO_MANY_REQUESTS",
  connection_needs_reauth: "PRECONDITION_FAILED",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<string, TRPC_ERROR_CODE_KEY>;

export type ErrorCode = keyof typeof errorCodes;

/**
 * The one error a use case throws. `details` travels to the caller (reasons, alternatives, the current row), so it
 * never holds what the caller may not see.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

/** For an id that does not exist or belongs to another organization: the two must not be told apart. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `No such ${what}`);
}

/** Status of an answer that says so. */
export function httpStatusOf({ code }: AppError): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: errorCodes[code] }));
}

/** Seconds after which the caller may ask again, where the refusal says so. */
export function retryAfterOf({ details }: AppError): number | null {
  return typeof details?.retryAfterSeconds === "number" ? details.retryAfterSeconds : null;
}

/** When it is worth asking again, in seconds: sooner where a moment of quiet is all that is missing. */
const retryAfter: Record<OutageReason, number> = {
  crowded: 2,
  stalled: 5,
  too_slow: 5,
  unreachable: 5,
  read_only: 10,
  storage: 30,
};

/**
 * What the caller is told of an error: one of ours as it is, also when it only caused this one; an outage of the
 * database as `unavailable`, with `retryAfterSeconds`; null for anything unforeseen.
 */
export function foreseenError(error: unknown): AppError | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; depth++) {
    if (current instanceof AppError) return current.code === "internal" ? null : current;
    current = current.cause;
  }
  const reason = outageOf(error);
  if (!reason) return null;
  return new AppError(
    "unavailable",
    "The database cannot be used at present",
    { retryAfterSeconds: retryAfter[reason] },
    { cause: error },
  );
}
