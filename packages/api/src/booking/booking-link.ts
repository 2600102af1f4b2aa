import { mintTenantScope, type TenantScope } from "@creneau/db/tenant-scope";
import { type AppError, notFound } from "../errors.ts";
import type { GuestContext } from "./guest-procedure.ts";
import { isSameHash, linkHash } from "./link-tokens.ts";
import type { BookingLink } from "./schema.ts";

/** The appointment a link gives access to, and the client when it is their portal's. */
export interface LinkedBooking {
  scope: TenantScope;
  appointmentId: string;
  /** Set: only an appointment of this client counts. */
  clientId: string | null;
}

/** One answer for a token that never was, was taken back, or belongs to something else. */
function noSuchLink(): AppError {
  return notFound("link");
}

/** What a manage link, or an appointment in a portal, stands for. Errors: `not_found`. */
export async function resolveLink(ctx: GuestContext, link: BookingLink): Promise<LinkedBooking> {
  if ("portalToken" in link) {
    const { scope, clientId } = await resolvePortal(ctx, link.portalToken);
    return { scope, appointmentId: link.appointmentId, clientId };
  }
  const row = await lookUp<{ appointment_id: string }>(ctx, "resolve_manage_token", link.manageToken);
  return { scope: mintTenantScope(row.organization_id), appointmentId: row.appointment_id, clientId: null };
}

/** The client behind a portal link. Errors: `not_found`. */
export async function resolvePortal(
  ctx: GuestContext,
  portalToken: string,
): Promise<{ scope: TenantScope; clientId: string }> {
  const row = await lookUp<{ client_id: string }>(ctx, "resolve_portal_token", portalToken);
  return { scope: mintTenantScope(row.organization_id), clientId: row.client_id };
}

async function lookUp<Row>(
  ctx: GuestContext,
  resolver: "resolve_manage_token" | "resolve_portal_token",
  token: string,
) {
  const hash = linkHash(token);
  const { rows } = await ctx.database.pool.query<Row & { organization_id: string; stored_hash: string }>({
    name: resolver,
    text: `SELECT * FROM ${resolver}($1::text)`,
    values: [hash],
  });
  const row = rows[0];
  if (!row || !isSameHash(row.stored_hash, hash)) throw noSuchLink();
  return row;
}
