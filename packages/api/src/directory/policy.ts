import { type Actor, type ApiResource, holdsScope, type Role, sitesOf } from "../actor.ts";
import { AppError } from "../errors.ts";

/** What can be done with the directory. `archived.view`: to see what was put away. */
export type DirectoryAction =
  | "directory.view"
  | "directory.change"
  | "archived.view"
  | "clients.view"
  | "clients.change"
  | "clients.merge"
  | "organization.change";

const viewer: readonly DirectoryAction[] = ["directory.view"];
const booker: readonly DirectoryAction[] = [...viewer, "clients.view", "clients.change"];
const manager: readonly DirectoryAction[] = [...booker, "clients.merge", "directory.change", "archived.view"];
const admin: readonly DirectoryAction[] = [...manager, "organization.change"];

/** Who may do what, as data. A seat that covers only some sites changes only what belongs to them. */
export const directoryPolicy: Readonly<Record<Role, readonly DirectoryAction[]>> = {
  owner: admin,
  admin,
  manager,
  operator: [...booker, "clients.merge"],
  provider: booker,
  viewer,
};

/** What a key of the API may do, by its scopes. Merging clients and the organization itself are for people. */
const scopeOfAction: Partial<Record<DirectoryAction, readonly [ApiResource, "read" | "write"]>> = {
  "directory.view": ["directory", "read"],
  "directory.change": ["directory", "write"],
  "archived.view": ["directory", "write"],
  "clients.view": ["clients", "read"],
  "clients.change": ["clients", "write"],
};

/** Whether the actor may do this with the directory. */
export function mayWithDirectory(actor: Actor, action: DirectoryAction): boolean {
  if (actor.kind === "user") return directoryPolicy[actor.role].includes(action);
  if (actor.kind === "system") return true;
  const needed = scopeOfAction[action];
  return actor.kind === "api_key" && needed !== undefined && holdsScope(actor, ...needed);
}

/** Refuses an actor who may not. @throws AppError `forbidden` */
export function requireDirectoryAction(actor: Actor, action: DirectoryAction): void {
  if (!mayWithDirectory(actor, action)) throw new AppError("forbidden", "Your role does not allow this");
}

/** Services and new sites concern every site: refuses who is held to some. @throws AppError `forbidden` */
export function requireEverySite(actor: Actor): void {
  if (sitesOf(actor) !== null) throw new AppError("forbidden", "This concerns sites that you do not cover");
}
