import type { Role } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import type { Member } from "../identity/session.ts";

/** Whose hours a role may change: everybody's (and those of sites and rooms), its own provider's, or nobody's. */
export const availabilityPolicy: Readonly<Record<Role, "any" | "own" | "none">> = {
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
 * Refuses a change the member may not make. What the seat does not cover at all does not exist for the member.
 * @throws AppError `not_found`, `forbidden`
 */
export function requireAvailabilityChange(member: Member, target: AvailabilityTarget): void {
  const isInReach = member.siteIds.length === 0 || target.siteIds.some((id) => member.siteIds.includes(id));
  if (!isInReach) throw notFound(target.providerId ? "provider" : "site");
  const reach = availabilityPolicy[member.role];
  const isOwn = target.providerId !== null && target.providerId === member.providerId;
  if (reach === "none" || (reach === "own" && !isOwn)) {
    throw new AppError("forbidden", "Your role cannot change these hours");
  }
}
