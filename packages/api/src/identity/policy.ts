import { type Actor, type ApiResource, holdsScope, type Role } from "../actor.ts";

/** What a screen may offer. The slices' own policies decide on the loaded row; this list never grants anything. */
export const permissions = [
  "agenda.view",
  "agenda.view_all",
  "appointments.create",
  "appointments.change_own",
  "appointments.change_all",
  "availability.change_own",
  "availability.change_all",
  "clients.view",
  "clients.change",
  "directory.view",
  "directory.change",
  "members.view",
  "members.change",
  "owners.change",
  "organization.change",
  "integrations.change",
  "reports.view",
  "audit.view",
] as const;

export type Permission = (typeof permissions)[number];

const viewer: Permission[] = ["agenda.view", "agenda.view_all", "directory.view"];
const provider: Permission[] = [
  "agenda.view",
  "agenda.view_all",
  "directory.view",
  "clients.view",
  "clients.change",
  "appointments.create",
  "appointments.change_own",
  "availability.change_own",
];
const operator: Permission[] = [
  "agenda.view",
  "agenda.view_all",
  "directory.view",
  "clients.view",
  "clients.change",
  "appointments.create",
  "appointments.change_own",
  "appointments.change_all",
];
const manager: Permission[] = [
  ...operator,
  "availability.change_own",
  "availability.change_all",
  "directory.change",
  "members.view",
  "reports.view",
];
const admin: Permission[] = [
  ...manager,
  "members.change",
  "organization.change",
  "integrations.change",
  "audit.view",
];

/** What a key of the API may see and do, by its scopes. */
const scopePermissions: Partial<Record<Permission, readonly [ApiResource, "read" | "write"]>> = {
  "agenda.view": ["appointments", "read"],
  "agenda.view_all": ["appointments", "read"],
  "clients.view": ["clients", "read"],
  "clients.change": ["clients", "write"],
  "directory.view": ["directory", "read"],
  "directory.change": ["directory", "write"],
};

/** Whether the actor has a permission; the product itself has each, a client behind a link none. */
export function hasPermission(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "user") return seatPermissions(actor).includes(permission);
  if (actor.kind === "system") return true;
  const needed = scopePermissions[permission];
  return actor.kind === "api_key" && needed !== undefined && holdsScope(actor, ...needed);
}

/** Permissions of each role, as data. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  viewer,
  provider,
  operator,
  manager,
  admin,
  owner: [...admin, "owners.change"],
};

/** What concerns every site: a seat limited to some has none of it, whatever its role. */
const ofEverySite: readonly Permission[] = ["organization.change", "integrations.change", "audit.view"];

/** What a seat may do. */
export function seatPermissions({ role, siteIds }: { role: Role; siteIds: readonly string[] }): Permission[] {
  return rolePermissions[role].filter(
    (permission) => siteIds.length === 0 || !ofEverySite.includes(permission),
  );
}
