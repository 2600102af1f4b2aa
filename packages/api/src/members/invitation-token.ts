import type { TenantScope } from "@creneau/db/tenant-scope";
import { AppError } from "../errors.ts";
import { hashToken, newToken } from "../identity/token.ts";
import { scopeOfInvitation } from "../tenant-doors.ts";

/** Sixteen bytes in base64url. */
const organizationLength = 22;

/**
 * A secret that names its organization, so that it can be looked up where rows are hidden from strangers. Without a dot:
 * an address with one is taken for a file's.
 */
export function newInvitationToken(organizationId: string): { token: string; hash: string } {
  const { token: secret } = newToken();
  const token = `${Buffer.from(organizationId.replaceAll("-", ""), "hex").toString("base64url")}${secret}`;
  return { token, hash: hashToken(token) };
}

/** The organization a token is of, and what it is stored as. Nothing is granted before the hash is found there. */
export function readInvitationToken(token: string): { scope: TenantScope; hash: string } {
  const hex = Buffer.from(token.slice(0, organizationLength), "base64url").toString("hex");
  if (hex.length !== 32) throw invitationGone();
  const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { scope: scopeOfInvitation(organizationId), hash: hashToken(token) };
}

/** For a link that never was, was used, replaced, withdrawn or is too old: the holder asks for another one. */
export function invitationGone(): AppError {
  return new AppError("not_found", "This invitation is not valid any more");
}
