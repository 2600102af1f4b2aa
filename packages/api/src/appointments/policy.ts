import type { AppointmentStatus } from "@creneau/domain/appointments/status";
import { type Actor, coversSite, holdsScope, type Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import { hasPermission } from "../identity/policy.ts";

/** What can be done to an appointment by staff. */
export type AppointmentAction = "read" | "create" | "change" | "set_status" | "force";

/** `any`: every appointment of the actor's sites; `own`: those of the provider the actor is. */
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

/** Whether the actor may do this to an appointment of that provider and site. */
export function mayActOn(
  actor: Actor,
  action: AppointmentAction,
  target: { providerId: string; siteId: string },
): boolean {
  if (!coversSite(actor, target.siteId)) return false;
  const reach = reachOf(actor, action);
  return (
    reach === "any" || (reach === "own" && actor.kind === "user" && actor.providerId === target.providerId)
  );
}

function reachOf(actor: Actor, action: AppointmentAction): Reach {
  switch (actor.kind) {
    case "user":
      return appointmentPolicy[actor.role][action];
    case "api_key":
      return action !== "force" && holdsScope(actor, "appointments", action === "read" ? "read" : "write")
        ? "any"
        : "none";
    case "system":
      return "any";
    // A client reaches their own booking, by its link and its own rules.
    case "client":
      return "none";
  }
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

/** Whether the actor sees how to reach the people of an appointment; for the others these are names alone. */
export function mayReadContacts(actor: Actor): boolean {
  return hasPermission(actor, "clients.view");
}
