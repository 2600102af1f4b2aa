import { randomFillSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

export interface HeaderOptions {
  appUrl: URL;
  /** Development only: the bundler's runtime evaluates modules from text. */
  dev: boolean;
  /** Pages that other sites may show in a frame, by path; everything else refuses. */
  mayBeFramed?: (pathname: string) => boolean;
}

const nonceBytes = 16;
const randomness = Buffer.alloc(nonceBytes * 256);
let randomnessUsed = randomness.length;

/** 128 random bits, never the same twice. Drawn many at once: each call to the system costs as much as a header. */
function newNonce(): string {
  if (randomnessUsed === randomness.length) {
    randomFillSync(randomness);
    randomnessUsed = 0;
  }
  const from = randomnessUsed;
  randomnessUsed += nonceBytes;
  return randomness.toString("base64", from, randomnessUsed);
}

function contentSecurityPolicy({
  nonce,
  socketOrigin,
  dev,
  framed,
  isHttps,
}: {
  nonce: string;
  socketOrigin: string;
  dev: boolean;
  framed: boolean;
  isHttps: boolean;
}): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // 'self' does not cover the socket's scheme in every browser.
    `connect-src 'self' ${socketOrigin}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${framed ? "*" : "'none'"}`,
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/**
 * Puts the security headers on an answer, and the nonce and policy on the request: Next reads them there to sign its
 * own scripts. A nonce sent by the client is overwritten.
 */
export function applySecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, options: { appUrl, dev, mayBeFramed } }: { pathname: string; options: HeaderOptions },
): void {
  const nonce = newNonce();
  const isHttps = appUrl.protocol === "https:";
  const framed = mayBeFramed?.(pathname) ?? false;
  const host =
    request.headers.host && /^[\w.:[\]-]+$/.test(request.headers.host) ? request.headers.host : appUrl.host;
  const socketOrigin = `${isHttps ? "wss" : "ws"}://${host}`;
  const policy = contentSecurityPolicy({ nonce, socketOrigin, dev, framed, isHttps });
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
  response.setHeader(
    "Permissions-Policy",
    "camera=(), microphone=(), geolocation=(self), payment=(self), usb=()",
  );
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  if (!framed) response.setHeader("X-Frame-Options", "DENY");
  if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}
