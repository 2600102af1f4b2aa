import type { Role, UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";

/** What may be done with seats. `owners`: to give, change or take an owner's. */
export type MemberAction = "view" | "change" | "owners";

/** Who may do what, as data. */
export const memberPolicy: Readonly<Record<Role, readonly MemberAction[]>> = {
  owner: ["view", "change", "owners"],
  admin: ["view", "change"],
  manager: ["view"],
  provider: [],
  operator: [],
  viewer: [],
};

/** @throws AppError `forbidden` */
export function requireMemberAction(actor: UserActor, action: MemberAction): void {
  if (!memberPolicy[actor.role].includes(action))
    throw new AppError("forbidden", "Your role does not allow this");
}

/** Refuses to touch an owner's seat, or to give one, without being an owner. @throws AppError `forbidden` */
export function requireRoleReach(actor: UserActor, ...roles: (Role | undefined)[]): void {
  if (roles.includes("owner")) requireMemberAction(actor, "owners");
}

/** A seat over some sites gives only such seats: none wider than itself. @throws AppError `forbidden` */
export function requireSiteReach(actor: UserActor, siteIds: readonly string[]): void {
  if (actor.siteIds.length === 0) return;
  if (siteIds.length > 0 && siteIds.every((id) => actor.siteIds.includes(id))) return;
  throw new AppError("forbidden", "This concerns sites that you do not cover");
}
