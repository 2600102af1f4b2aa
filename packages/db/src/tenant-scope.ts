declare const tenantScope: unique symbol;

/** Proof that somebody checked which organization this work belongs to; the only key to tenant rows. */
export interface TenantScope {
  readonly organizationId: string;
  readonly [tenantScope]: true;
}
