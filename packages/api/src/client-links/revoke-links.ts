import { inTenantSql } from "@creneau/db/in-tenant";
import { sitesOf } from "../actor.ts";
import { lockClients, requireLive } from "../directory/lock-clients.ts";
import { requireDirectoryAction } from "../directory/policy.ts";
import { revokeClientLinks } from "../directory/revoke-client-links.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";

/**
 * Ends every link this client was given, to their page and to single appointments. Errors: `forbidden`, `not_found`,
 * `merged`.
 */
export function revokeLinks(work: TenantWork, { id }: { id: string }): Promise<{ id: string }> {
  requireDirectoryAction(work.actor, "clients.change");
  return inTenantSql(work.database, work.scope, async (tx) => {
    (await lockClients(tx, [id], sitesOf(work.actor))).forEach(requireLive);
    await revokeClientLinks(tx, id);
    await recordChange(tx, work, { type: "client.links_revoked", entityId: id, payload: {} });
    return { id };
  });
}
