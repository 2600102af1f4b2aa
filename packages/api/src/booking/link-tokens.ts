import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * Tokens of manage, portal and waitlist links are a keyed hash (HMAC-SHA-256, 256 bits) of the row's id, so that a retried
 * confirmation and every later mail give the same link although the database holds only its hash: nothing that could be
 * replayed is at rest, and without the server's key a token cannot be told from random bits. Taking the stored hash
 * away kills the link.
 */
function linkToken(secret: string, label: string, id: string): string {
  return createHmac("sha256", secret).update(`creneau:${label}:${id}`).digest("base64url");
}

/** The token of `/manage/[token]` for an appointment; `version`: how often its client's links were taken back. */
export function manageTokenOf(secret: string, appointmentId: string, version = 0): string {
  return linkToken(secret, "manage", versioned(appointmentId, version));
}

/** The token of `/portal/[token]` for a client; `version`: how often their links were taken back. */
export function portalTokenOf(secret: string, clientId: string, version = 0): string {
  return linkToken(secret, "portal", versioned(clientId, version));
}

/** Taken back, a link's token never comes again. */
function versioned(id: string, version: number): string {
  return version === 0 ? id : `${id}:${version}`;
}

/** The token of `/waitlist/[token]` for an entry. */
export function waitlistTokenOf(secret: string, entryId: string): string {
  return linkToken(secret, "waitlist", entryId);
}

/** What the row keeps of a token. */
export function linkHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Compares in constant time. */
export function isSameHash(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** What a hold token says: enough to book the same time again after the hold is gone. */
export interface HoldClaims {
  organizationId: string;
  appointmentId: string;
  providerId: string;
  siteId: string;
  serviceId: string;
  /** Epoch milliseconds. */
  startsAt: number;
  /** As offered: what the booking is about may have decided them. */
  durationMinutes: number;
  priceCents: number | null;
}

const claimKeys = ["organizationId", "appointmentId", "providerId", "siteId", "serviceId"] as const;
const startsAtOffset = claimKeys.length * 16;
const durationOffset = startsAtOffset + 6;
const priceOffset = durationOffset + 2;
const claimBytes = priceOffset + 4;
/** Above any price that a service can have. */
const noPrice = 2 ** 32 - 1;
const macBytes = 16;

/** A hold token: its claims under a 128-bit keyed hash, so that confirming needs no look-up of whose it is. */
export function holdTokenOf(secret: string, claims: HoldClaims): string {
  const body = Buffer.alloc(claimBytes);
  for (const [index, key] of claimKeys.entries()) {
    body.write(claims[key].replaceAll("-", ""), index * 16, "hex");
  }
  body.writeUIntBE(claims.startsAt, startsAtOffset, 6);
  body.writeUInt16BE(claims.durationMinutes, durationOffset);
  body.writeUInt32BE(claims.priceCents ?? noPrice, priceOffset);
  return Buffer.concat([body, holdMac(secret, body)]).toString("base64url");
}

/** The claims of a hold token; null when it is not one of ours. */
export function readHoldToken(secret: string, token: string): HoldClaims | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== claimBytes + macBytes) return null;
  const body = bytes.subarray(0, claimBytes);
  if (!timingSafeEqual(bytes.subarray(claimBytes), holdMac(secret, body))) return null;
  const ids = claimKeys.map((key, index) => [key, toUuid(body.toString("hex", index * 16, index * 16 + 16))]);
  const price = bytes.readUInt32BE(priceOffset);
  return {
    ...Object.fromEntries(ids),
    startsAt: bytes.readUIntBE(startsAtOffset, 6),
    durationMinutes: bytes.readUInt16BE(durationOffset),
    priceCents: price === noPrice ? null : price,
  } as HoldClaims;
}

function holdMac(secret: string, body: Buffer): Buffer {
  return createHmac("sha256", secret).update("creneau:hold:").update(body).digest().subarray(0, macBytes);
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** How a hold remembers the network it came from: a keyed hash, of the /64 for IPv6, which one household shares. */
export function holderOf(secret: string, address: string): string {
  const network =
    address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
  return createHmac("sha256", secret).update(`creneau:holder:${network}`).digest("base64url").slice(0, 22);
}
