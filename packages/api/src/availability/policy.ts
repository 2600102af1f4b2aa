import { type Actor, holdsScope, type Role, sitesOf } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";

/** Whose hours a role may change: everybody's (and those of sites and rooms), its own provider's, or nobody's. */
const availabilityPolicy: Readonly<Record<Role, "any" | "own" | "none">> = {
  owner: "any",
  admin: "any",
  manager: "any",
  provider: "own",
  operator: "none",
  viewer: "none",
};

/** What a change of hours or absences is about, as loaded: every site it touches. */
export interface AvailabilityTarget {
  providerId: string | null;
  siteIds: string[];
}

/**
 * Refuses a change the actor may not make. What the seat does not cover at all does not exist for the actor.
 * @throws AppError `not_found`, `forbidden`
 */
export function requireAvailabilityChange(actor: Actor, target: AvailabilityTarget): void {
  const sites = sitesOf(actor);
  if (sites && !target.siteIds.some((id) => sites.includes(id)))
    throw notFound(target.providerId ? "provider" : "site");
  if (!mayChangeHours(actor, target.providerId))
    throw new AppError("forbidden", "Your role cannot change these hours");
}

/** Whether the actor may change hours of this provider; null: of a site or a room. */
export function mayChangeHours(actor: Actor, providerId: string | null): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "api_key") return holdsScope(actor, "availability", "write");
  if (actor.kind === "client") return false;
  const reach = availabilityPolicy[actor.role];
  return reach === "any" || (reach === "own" && providerId !== null && providerId === actor.providerId);
}
