import type { Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import type { Member } from "../identity/session.ts";

/** Entries name people and how to reach them: who may see clients may see, and tidy, the list. */
const mayTend: readonly Role[] = ["owner", "admin", "manager", "operator", "provider"];

/** @throws AppError `forbidden` */
export function requireWaitlist(member: Member): void {
  if (!mayTend.includes(member.role)) throw new AppError("forbidden", "Your role does not allow this");
}

/** A seat over some sites sees and changes only what waits there. */
export function coversSite({ siteIds }: Member, siteId: string): boolean {
  return siteIds.length === 0 || siteIds.includes(siteId);
}
