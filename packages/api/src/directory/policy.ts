import type { Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import type { Member } from "../identity/session.ts";

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

/** Refuses a member whose role does not include the action. @throws AppError `forbidden` */
export function requireDirectoryAction(member: Member, action: DirectoryAction): void {
  if (!directoryPolicy[member.role].includes(action))
    throw new AppError("forbidden", "Your role does not allow this");
}

/** Services and new sites concern every site: refuses a seat that covers only some. @throws AppError `forbidden` */
export function requireEverySite(member: Member): void {
  if (member.siteIds.length > 0) throw new AppError("forbidden", "This concerns sites that you do not cover");
}

/** The sites a query may look at: the wished ones that the seat covers; null when nothing restricts. */
export function sitesInReach(member: Member, wished?: readonly string[] | null): string[] | null {
  if (member.siteIds.length === 0) return wished ? [...wished] : null;
  return wished ? wished.filter((id) => member.siteIds.includes(id)) : member.siteIds;
}
