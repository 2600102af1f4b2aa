import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { linkHash, portalTokenOf } from "../booking/link-tokens.ts";
import { notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import type { openPortalInput } from "./clients-schema.ts";
import { clientChange } from "./events.ts";
import { requireDirectoryAction } from "./policy.ts";

/**
 * The address of a client's portal, for staff to hand over; it opens the portal if nobody was given a link yet. A client
 * who holds another link (one of a record merged into theirs) keeps it: then the answer is null until `replace` ends
 * that one. Errors: `forbidden`, `not_found` (archived too).
 */
export function openPortalLink(
  ctx: TenantContext,
  { id, replace }: z.output<typeof openPortalInput>,
): Promise<{ url: string | null }> {
  requireDirectoryAction(ctx.member, "clients.change");
  const token = portalTokenOf(ctx.linkSecret, id);
  const hash = linkHash(token);
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const [client] = await tx.query<{ hash: string | null; locale: string }>(
      `SELECT portal_token_hash AS hash, locale FROM client
       WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL FOR UPDATE`,
      [tx.scope.organizationId, id],
      "client_portal_link",
    );
    if (!client) throw notFound("client");
    if (client.hash !== hash) {
      if (client.hash !== null && !replace) return { url: null };
      await tx.query(
        `UPDATE client SET portal_token_hash = $3, updated_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid`,
        [tx.scope.organizationId, id, hash],
        "set_client_portal_link",
      );
      await recordChange(
        tx,
        ctx,
        clientChange({
          action: "changed",
          id,
          diff: { fields: ["portalLink"] },
        }),
      );
    }
    return { url: `${ctx.publicConfig.appUrl.replace(/\/$/, "")}/${client.locale}/portal/${token}` };
  });
}
