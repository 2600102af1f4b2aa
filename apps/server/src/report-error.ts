import { AppError } from "@creneau/api/errors";
import { TRPCError } from "@trpc/server";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export type ErrorReporter = (
  error: unknown,
  where: { source: "http" | "socket" | "page"; requestId: string; procedure?: string | undefined },
) => void;

/** Foreseen refusals are answers, not errors. */
function isForeseen(error: unknown): boolean {
  if (error instanceof AppError) return error.code !== "internal";
  if (!(error instanceof TRPCError)) return false;
  return (
    error.code !== "INTERNAL_SERVER_ERROR" || (error.cause instanceof AppError && isForeseen(error.cause))
  );
}

/** Logs each unforeseen error once, with the request id that the caller was given. */
export function createErrorReporter({ log, metrics }: { log: Logger; metrics: Metrics }): ErrorReporter {
  return (error, where) => {
    if (isForeseen(error)) return;
    metrics.errors.inc({ source: where.source });
    const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
    log.error({ ...where, error: cause }, "request failed");
  };
}
