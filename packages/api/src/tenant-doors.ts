import type { Database } from "@creneau/db/database";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { isSameHash, linkHash } from "./booking/link-tokens.ts";

/*
 * Where an organization is established, and with it the right to touch its rows: one function for each way in. No other
 * file mints a scope, and only what stands at the edge imports this one (.dependency-cruiser.cjs holds both).
 */

interface OfOrganization {
  organizationId: string;
}

/** Of a seat, as the session has read it for somebody signed in. */
export function scopeOfSeat({ organizationId }: OfOrganization): TenantScope {
  return mintTenantScope(organizationId);
}

/** Of a public name, as the database has resolved it. */
export function scopeOfName({ organizationId }: OfOrganization): TenantScope {
  return mintTenantScope(organizationId);
}

/** Of a hold, by the claims of a token that is ours. */
export function scopeOfHold({ organizationId }: OfOrganization): TenantScope {
  return mintTenantScope(organizationId);
}

/** Of a job that the queue has handed over; `enqueue_job` let nobody queue one for another organization. */
export function scopeOfJob({ organizationId }: OfOrganization): TenantScope {
  return mintTenantScope(organizationId);
}

/** Of an account that is written to: its first seat's; null for one without any. */
export async function scopeOfAccount(database: Database, userId: string): Promise<TenantScope | null> {
  const { rows } = await database.pool.query<{ organization_id: string }>(
    "SELECT organization_id FROM memberships_of($1::uuid) LIMIT 1",
    [userId],
  );
  return rows[0] ? mintTenantScope(rows[0].organization_id) : null;
}

/** Of an invitation's token, which names it. Nothing is granted before the token's hash is found there. */
export function scopeOfInvitation(organizationId: string): TenantScope {
  return mintTenantScope(organizationId);
}

/** Of an organization that is about to be made. */
export function scopeOfNewOrganization(organizationId: string): TenantScope {
  return mintTenantScope(organizationId);
}

/** What each kind of secret link stands for. */
interface LinkedRows {
  resolve_manage_token: { appointment_id: string };
  resolve_portal_token: { client_id: string };
  resolve_feed_token: { provider_id: string };
  resolve_waitlist_token: { entry_id: string };
}

/** Of a secret link, with what it stands for; null for one that never was or works no more. */
export async function openSecretLink<Resolver extends keyof LinkedRows>(
  database: Database,
  resolver: Resolver,
  token: string,
): Promise<{ scope: TenantScope; row: LinkedRows[Resolver] } | null> {
  const hash = linkHash(token);
  const { rows } = await database.pool.query<
    LinkedRows[Resolver] & { organization_id: string; stored_hash: string }
  >({ name: resolver, text: `SELECT * FROM ${resolver}($1::text)`, values: [hash] });
  const row = rows[0];
  // Once more in constant time: an index tells by its timing how much of a guess was right.
  return row && isSameHash(row.stored_hash, hash)
    ? { scope: mintTenantScope(row.organization_id), row }
    : null;
}
