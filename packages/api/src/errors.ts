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

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

/** For an id that does not exist or belongs to another organization: the two must not be told apart. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `No such ${what}`);
}
