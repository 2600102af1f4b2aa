import { type Actor, holdsScope, type Role } from "../actor.ts";
import { AppError } from "../errors.ts";

/** Entries name people and how to reach them: who may see clients may see, and tidy, the list. */
const mayTend: readonly Role[] = ["owner", "admin", "manager", "operator", "provider"];

/** @throws AppError `forbidden` */
export function requireWaitlist(actor: Actor, access: "read" | "write"): void {
  if (!mayTendWaitlist(actor, access)) throw new AppError("forbidden", "Your role does not allow this");
}

function mayTendWaitlist(actor: Actor, access: "read" | "write"): boolean {
  if (actor.kind === "user") return mayTend.includes(actor.role);
  return actor.kind === "system" || (actor.kind === "api_key" && holdsScope(actor, "waitlist", access));
}
