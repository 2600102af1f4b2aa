import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

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

/**
 * What one party holds of the address space, and so what budgets count: an IPv4 address; of an IPv6 address the first
 * half, for everybody is given at least that much. Anything else is left as it is.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** The proxy's request id where it is trusted, else a new one. */
export function requestId(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  if (trustProxy && typeof given === "string" && /^[\w.-]{8,64}$/.test(given)) return given;
  return randomUUID();
}

/** What the process knows of its own address: `appOrigin` is the public one, `trustProxy` whether headers tell more. */
export interface OwnAddress {
  appOrigin: string;
  trustProxy: boolean;
}

/** The scheme a page of ours was loaded by: the proxy's word where it is trusted, else that of the public address. */
function ownScheme(request: IncomingMessage, { appOrigin, trustProxy }: OwnAddress): string {
  const forwarded = trustProxy ? String(request.headers["x-forwarded-proto"] ?? "") : "";
  const scheme = forwarded.split(",").at(-1)?.trim().toLowerCase();
  return scheme ? `${scheme}:` : new URL(appOrigin).protocol;
}

/**
 * The public address, or whatever name the browser used for this server, by the same scheme: a page that came in the
 * clear can be anybody's who sits on the way.
 */
function originIsOurs(origin: string, request: IncomingMessage, own: OwnAddress): boolean {
  if (origin === own.appOrigin) return true;
  const url = URL.parse(origin);
  return url?.host === request.headers.host && url?.protocol === ownScheme(request, own);
}

/** Whether a WebSocket handshake comes from a page of ours: browsers always send `Origin` with it. */
export function isOwnSocketOrigin(request: IncomingMessage, own: OwnAddress): boolean {
  const { origin } = request.headers;
  return typeof origin === "string" && originIsOurs(origin, request, own);
}

/**
 * Whether a request that changes something may be honoured: a browser says where it comes from, and it must be here.
 * Programs send neither header, and no browser can be made to leave both out across sites.
 */
export function isOwnWrite(request: IncomingMessage, own: OwnAddress): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (typeof site === "string" && site !== "same-origin" && site !== "none") return false;
  return origin === undefined || originIsOurs(origin, request, own);
}
