import type { AppointmentStatus } from "@creneau/domain/appointments/status";
import type { Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import { rolePermissions } from "../identity/policy.ts";
import type { Member } from "../identity/session.ts";

/** What can be done to an appointment by staff. */
export type AppointmentAction = "read" | "create" | "change" | "set_status" | "force";

/** `any`: every appointment of the member's sites; `own`: those of the provider the member is. */
type Reach = "any" | "own" | "none";

/** Who may do what, as data. */
export const appointmentPolicy: Readonly<Record<Role, Readonly<Record<AppointmentAction, Reach>>>> = {
  owner: { read: "any", create: "any", change: "any", set_status: "any", force: "any" },
  admin: { read: "any", create: "any", change: "any", set_status: "any", force: "any" },
  manager: { read: "any", create: "any", change: "any", set_status: "any", force: "any" },
  provider: { read: "any", create: "own", change: "own", set_status: "own", force: "none" },
  operator: { read: "any", create: "any", change: "any", set_status: "any", force: "none" },
  viewer: { read: "any", create: "none", change: "none", set_status: "none", force: "none" },
};

/** Whether the member's seat covers a site at all; what it does not cover does not exist for them. */
export function coversSite(member: Member, siteId: string): boolean {
  return member.siteIds.length === 0 || member.siteIds.includes(siteId);
}

/** Whether the member may do this to an appointment of that provider and site. */
export function mayActOn(
  member: Member,
  action: AppointmentAction,
  target: { providerId: string; siteId: string },
): boolean {
  if (!coversSite(member, target.siteId)) return false;
  const reach = appointmentPolicy[member.role][action];
  return reach === "any" || (reach === "own" && member.providerId === target.providerId);
}

/**
 * Refuses a change by staff of a time that a visitor holds, or that is on offer to somebody who waits. It is theirs to
 * confirm: staff release it, or leave it alone.
 */
export function assertNotHeld({ status }: { status: AppointmentStatus }): void {
  if (status !== "held") return;
  throw new AppError("invalid_transition", "A visitor holds this time", {
    reasons: [{ code: "status_not_allowed", status }],
  });
}

/** Whether the member sees how to reach the people of an appointment; for the others these are names alone. */
export function mayReadContacts(member: Member): boolean {
  return rolePermissions[member.role].includes("clients.view");
}
