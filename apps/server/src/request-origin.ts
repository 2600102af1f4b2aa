import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Network address of the client. `X-Forwarded-For` counts only behind a proxy that we were told to trust. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  if (trustProxy) {
    // The proxy in front of us appended the last entry; those before it are the client's own claim.
    const forwarded = String(request.headers["x-forwarded-for"] ?? "")
      .split(",")
      .at(-1)
      ?.trim();
    if (forwarded) return forwarded.slice(0, 64);
  }
  return (request.socket.remoteAddress ?? "unknown").replace(/^::ffff:/, "");
}

/** The proxy's request id where it is trusted, else a new one. */
export function requestId(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  if (trustProxy && typeof given === "string" && /^[\w.-]{8,64}$/.test(given)) return given;
  return randomUUID();
}

function originIsOurs(origin: string, request: IncomingMessage, appOrigin: string): boolean {
  if (origin === appOrigin) return true;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

/** Whether a WebSocket handshake comes from a page of ours: browsers always send `Origin` with it. */
export function isOwnSocketOrigin(request: IncomingMessage, appOrigin: string): boolean {
  const { origin } = request.headers;
  return typeof origin === "string" && originIsOurs(origin, request, appOrigin);
}

/**
 * Whether a request that changes something may be honoured: a browser says where it comes from, and it must be here.
 * Programs send neither header, and no browser can be made to leave both out across sites.
 */
export function isOwnWrite(request: IncomingMessage, appOrigin: string): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (typeof site === "string" && site !== "same-origin" && site !== "none") return false;
  return origin === undefined || originIsOurs(origin, request, appOrigin);
}
