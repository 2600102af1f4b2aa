import type { TenantScope } from "@creneau/db/tenant-scope";
import { notFound } from "../errors.ts";
import { openSecretLink } from "../tenant-doors.ts";
import type { GuestContext } from "./guest-procedure.ts";
import type { BookingLink } from "./schema.ts";

/** The appointment a link gives access to, and the client when it is their portal's. */
export interface LinkedBooking {
  scope: TenantScope;
  appointmentId: string;
  /** Set: only an appointment of this client counts. */
  clientId: string | null;
}

/** What a manage link, or an appointment in a portal, stands for. Errors: `not_found`. */
export async function resolveLink(ctx: GuestContext, link: BookingLink): Promise<LinkedBooking> {
  if ("portalToken" in link) {
    const { scope, clientId } = await resolvePortal(ctx, link.portalToken);
    return { scope, appointmentId: link.appointmentId, clientId };
  }
  const opened = await openSecretLink(ctx.database, "resolve_manage_token", link.manageToken);
  if (!opened) throw notFound("link");
  return { scope: opened.scope, appointmentId: opened.row.appointment_id, clientId: null };
}

/** The client behind a portal link. Errors: `not_found`. */
export async function resolvePortal(
  ctx: GuestContext,
  portalToken: string,
): Promise<{ scope: TenantScope; clientId: string }> {
  const opened = await openSecretLink(ctx.database, "resolve_portal_token", portalToken);
  if (!opened) throw notFound("link");
  return { scope: opened.scope, clientId: opened.row.client_id };
}
