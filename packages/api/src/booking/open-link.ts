import type { Actor, ClientActor } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import type { LiveSocket, Services } from "../services.ts";
import { openSecretLink, scopeOfHold, scopeOfName } from "../tenant-doors.ts";
import { type ServedWork, type TenantWork, workOf } from "../tenant-work.ts";
import { type BookingCache, bookingCache } from "./booking-cache.ts";
import { type BookingLimits, usualBookingLimits } from "./booking-limits.ts";
import { type HoldClaims, readHoldToken } from "./link-tokens.ts";
import type { BookingLink } from "./schema.ts";

/** What booking is handed, whoever books. */
export interface BookingWork<By extends Actor = Actor> extends TenantWork<By> {
  /** What is known of public pages and free time. */
  readonly cache: BookingCache;
  /** Key of the links that clients are given. */
  readonly linkSecret: string;
  readonly limits: BookingLimits;
}

/** The work of a visitor, behind whichever link. */
export type VisitorWork = ServedWork<ClientActor> & BookingWork<ClientActor>;

/** The work of somebody who holds a time. */
export type HoldWork = VisitorWork & { readonly claims: HoldClaims };

/** The work of a client with a booking; `clientId` set: only an appointment of theirs counts. */
export type BookedWork = VisitorWork & { readonly appointmentId: string; readonly clientId: string | null };

/** The work of a client in their portal. */
export type PortalWork = VisitorWork & { readonly clientId: string };

/** A request of somebody without an account. */
type Visit = Services & { address: string };

/** The work of whoever follows a link into an organization. */
export function visitorWork(
  visit: Visit,
  { scope, actor }: Pick<VisitorWork, "scope" | "actor">,
): VisitorWork {
  return {
    ...workOf(visit, { scope, actor }),
    cache: bookingCache(visit),
    limits: { ...usualBookingLimits, ...visit.bookingLimits },
  };
}

/** On a public page. Errors: `not_found`, the same for a name nobody has and one that is not public. */
export async function openPage(visit: Visit, username: string): Promise<VisitorWork> {
  const name = await bookingCache(visit).name(username.toLowerCase());
  if (!name) throw notFound("page");
  return visitorWork(visit, {
    scope: scopeOfName(name),
    actor: { kind: "client", link: "page", clientId: null },
  });
}

/** With a hold's token. One that is not ours is answered like one whose hold is long gone. Errors: `hold_expired`. */
export function openHold(visit: Visit, holdToken: string): HoldWork {
  const claims = readHoldToken(visit.linkSecret, holdToken);
  if (!claims) throw new AppError("hold_expired", "The hold on this time has expired", { alternatives: [] });
  const actor: ClientActor = { kind: "client", link: "hold", clientId: null };
  return { ...visitorWork(visit, { scope: scopeOfHold(claims), actor }), claims };
}

/** With a manage link, or at an appointment in a portal. Errors: `not_found`, the same whyever a link opens nothing. */
export async function openBooking(visit: Visit, link: BookingLink): Promise<BookedWork> {
  if ("portalToken" in link) {
    const work = await openPortal(visit, link.portalToken);
    return { ...work, appointmentId: link.appointmentId };
  }
  const opened = await openSecretLink(visit.database, "resolve_manage_token", link.manageToken);
  if (!opened) throw notFound("link");
  const actor: ClientActor = { kind: "client", link: "manage", clientId: null };
  const work = visitorWork(visit, { scope: opened.scope, actor });
  return { ...work, appointmentId: opened.row.appointment_id, clientId: null };
}

/** With a portal link. Errors: `not_found`. */
export async function openPortal(visit: Visit, portalToken: string): Promise<PortalWork> {
  const opened = await openSecretLink(visit.database, "resolve_portal_token", portalToken);
  if (!opened) throw notFound("link");
  const clientId = opened.row.client_id;
  const actor: ClientActor = { kind: "client", link: "portal", clientId };
  return { ...visitorWork(visit, { scope: opened.scope, actor }), clientId };
}

/** A public page to follow; it is opened anew at each look, for its name may pass to somebody else. */
export function watchPage(visit: Visit & { socket?: LiveSocket }, username: string) {
  const { now, socket } = visit;
  return {
    cache: bookingCache(visit),
    open: () => openPage(visit, username),
    now,
    ...(socket && { socket }),
  };
}
