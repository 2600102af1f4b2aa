import type { TenantSql } from "@creneau/db/in-tenant";
import type { ClientView } from "./clients-schema.ts";

/**
 * Ends every link that opens something of this client: to their portal, theirs and those of records merged into them, and
 * to their appointments. What is sent from now on carries new ones.
 */
export async function revokeClientLinks(tx: TenantSql, clientId: string): Promise<void> {
  const values = [tx.scope.organizationId, clientId];
  await tx.query(
    `UPDATE client SET link_version = link_version + 1, portal_token_hash = NULL, updated_at = now()
     WHERE organization_id = $1::uuid AND (id = $2::uuid OR merged_into_id = $2::uuid)`,
    values,
    "revoke_portal_links",
  );
  // The column is indexed, so the row is written anew under the exclusion constraints: as every writer, behind the lock.
  await tx.query(
    `SELECT lock_agendas(array(SELECT DISTINCT unnest(ARRAY[provider_id, room_id]) FROM appointment
       WHERE organization_id = $1::uuid AND client_id = $2::uuid AND manage_token_hash IS NOT NULL
         AND status NOT IN ('cancelled', 'completed', 'no_show')))::text`,
    values,
    "lock_agendas_of_links",
  );
  await tx.query(
    `UPDATE appointment SET manage_token_hash = NULL
     WHERE organization_id = $1::uuid AND client_id = $2::uuid AND manage_token_hash IS NOT NULL`,
    values,
    "revoke_manage_links",
  );
}

/** Whether an address that links may have been sent to is the client's no more. */
export function hasLostAddress(before: ClientView, after: ClientView): boolean {
  const kept = addressesOf(after);
  return addressesOf(before).some((address) => !kept.includes(address));
}

/** The client's own e-mail addresses, the one that is used first. */
export function addressesOf({ email, aliases }: Pick<ClientView, "email" | "aliases">): string[] {
  const others = aliases.filter(({ kind }) => kind === "email").map(({ value }) => value);
  return email === null ? others : [email, ...others];
}
