import type { TenantScope } from "./tenant-scope.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Mints a scope. One file of the product does (`packages/api/src/tenant-doors.ts`), where an organization has just been
 * established; besides it tests and benchmarks. The import rules hold everybody else off.
 */
export function mintTenantScope(organizationId: string): TenantScope {
  if (!uuid.test(organizationId)) throw new TypeError("A tenant scope needs an organization's id");
  return { organizationId } as TenantScope;
}
