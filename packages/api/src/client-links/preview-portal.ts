import { inTenantSql } from "@creneau/db/in-tenant";
import { sitesInReach } from "../actor.ts";
import { readPortalOf } from "../booking/read-portal.ts";
import { requireDirectoryAction } from "../directory/policy.ts";
import { findClient } from "../directory/read-client.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { PortalPreview } from "./schema.ts";

/**
 * What the client sees behind their link, as far as the member's seat covers it: to look at, without the link. Whoever
 * wants to change something does so as themselves. Errors: `forbidden`, `not_found`.
 */
export function previewPortal(work: TenantWork, { id }: { id: string }): Promise<PortalPreview> {
  requireDirectoryAction(work.actor, "clients.view");
  return inTenantSql(work.database, work.scope, async (tx) => {
    const siteIds = sitesInReach(work.actor);
    const client = await findClient(tx, id, siteIds);
    const { bookings } = await readPortalOf(tx, { clientId: id, now: work.now, siteIds });
    const [last] = await tx.query<{ at: Date | null }>(
      `SELECT max(n.sent_at) AS at FROM audit h JOIN notification n ON n.organization_id = h.organization_id AND n.id = (h.diff ->> 'notificationId')::uuid
       WHERE h.organization_id = $1::uuid AND h.entity_id = $2::uuid AND h.action = 'client.link_issued'`,
      [tx.scope.organizationId, id],
      "last_portal_link",
    );
    return {
      client: { name: client.name },
      bookings: bookings.map(({ site, ...booking }) => ({ ...booking, siteName: site.name })),
      lastSentAt: last?.at?.toISOString() ?? null,
    };
  });
}
