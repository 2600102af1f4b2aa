import { foreseenError } from "@creneau/api/errors";
import { type OutageReason, outageOf } from "@creneau/db/outage";
import { TRPCError } from "@trpc/server";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export type ErrorReporter = (
  error: unknown,
  where: { source: "http" | "socket" | "page"; requestId: string; procedure?: string | undefined },
) => void;

/** One outage fails thousands of requests: it is told once in so many milliseconds. */
const silenceMs = 10_000;

/** Foreseen refusals are answers, not errors. */
function isForeseen(error: unknown): boolean {
  if (foreseenError(error)) return true;
  return error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR";
}

/**
 * Logs each unforeseen error once, with the request id that the caller was given. An outage of the database is none of
 * ours: it has a counter of its own, by reason.
 */
export function createErrorReporter({
  log,
  metrics,
  now = Date.now,
}: {
  log: Logger;
  metrics: Pick<Metrics, "errors" | "unavailable">;
  now?: () => number;
}): ErrorReporter {
  const toldAt = new Map<OutageReason, number>();

  function reportOutage(reason: OutageReason, error: unknown): void {
    metrics.unavailable.inc({ reason });
    if (now() - (toldAt.get(reason) ?? Number.NEGATIVE_INFINITY) < silenceMs) return;
    toldAt.set(reason, now());
    log.warn({ reason, err: error }, "the database cannot be used");
  }

  return (error, where) => {
    const reason = outageOf(error);
    if (reason) return reportOutage(reason, error);
    if (isForeseen(error)) return;
    metrics.errors.inc({ source: where.source });
    const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
    log.error({ ...where, error: cause }, "request failed");
  };
}
