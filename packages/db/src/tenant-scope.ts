declare const tenantScope: unique symbol;

/** Proof that somebody checked which organization this work belongs to; the only key to tenant rows. */
export interface TenantScope {
  readonly organizationId: string;
  readonly [tenantScope]: true;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Mints a scope. Called only where an organization has just been established: from a membership, a public link, a
 * validated job, or the seed; the import rules hold everybody else off.
 */
export function mintTenantScope(organizationId: string): TenantScope {
  if (!uuid.test(organizationId)) throw new TypeError("A tenant scope needs an organization's id");
  return { organizationId } as TenantScope;
}
