import type { Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import type { Member } from "../identity/session.ts";

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
export function requireMemberAction(member: Member, action: MemberAction): void {
  if (!memberPolicy[member.role].includes(action))
    throw new AppError("forbidden", "Your role does not allow this");
}

/** Refuses to touch an owner's seat, or to give one, without being an owner. @throws AppError `forbidden` */
export function requireRoleReach(member: Member, ...roles: (Role | undefined)[]): void {
  if (roles.includes("owner")) requireMemberAction(member, "owners");
}

/** A seat over some sites gives only such seats: none wider than itself. @throws AppError `forbidden` */
export function requireSiteReach(member: Member, siteIds: readonly string[]): void {
  if (member.siteIds.length === 0) return;
  if (siteIds.length > 0 && siteIds.every((id) => member.siteIds.includes(id))) return;
  throw new AppError("forbidden", "This concerns sites that you do not cover");
}
