import type { IncomingMessage } from "node:http";
import { AppError } from "@creneau/api/errors";
import type { Logger } from "./log.ts";
import { isOwnWrite, type OwnAddress } from "./request-origin.ts";

/**
 * Guards what changes something against other sites. A browser whose page asks the very address it was opened at, and which
 * is still none of ours, is no attack: a proxy passes another name on, or APP_URL is wrong. It is told so, with the right
 * address, and the log says it once.
 */
export function createOriginGuard({ own, log }: { own: OwnAddress; log: Logger }) {
  let isTold = false;
  return function assertOwnWrite(request: IncomingMessage): void {
    if (request.method === "GET" || request.method === "HEAD" || isOwnWrite(request, own)) return;
    const { origin, host, "sec-fetch-site": site } = request.headers;
    // Pages in the clear have no such header: they can only be asked what they are.
    const isFromElsewhere = site !== undefined && site !== "same-origin";
    if (isFromElsewhere) throw new AppError("forbidden", "This request comes from another site");
    if (!isTold) {
      isTold = true;
      log.warn(
        { configured: own.appOrigin, used: origin?.slice(0, 200), host: host?.slice(0, 200) },
        "pages are opened at another address than APP_URL: nothing can be booked and nobody can sign in there",
      );
    }
    throw new AppError("forbidden", "This address is not the configured one", {
      reason: "other_address",
      configured: own.appOrigin,
    });
  };
}
