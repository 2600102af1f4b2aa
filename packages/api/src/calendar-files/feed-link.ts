import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import type { Member } from "../identity/session.ts";
import { newToken } from "../identity/token.ts";
import { recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import type { feedInput, feedListView } from "./schema.ts";

/** Whether a member may open and close other people's feeds. */
function mayManage({ role }: Member): boolean {
  return role === "owner" || role === "admin";
}

/** Whose feed: one's own, or anybody's for those who run the place. */
function targetOf({ member }: TenantContext, providerId: string | undefined): string {
  const target = providerId ?? member.providerId;
  if (!target || (target !== member.providerId && !mayManage(member)))
    throw new AppError("forbidden", "Only their own feed, or an administrator");
  return target;
}

/** Whether each feed that the caller may manage is open: one's own, for administrators everybody's. */
export function listFeeds({ database, member }: TenantContext): Promise<z.infer<typeof feedListView>> {
  return inTenantSql(database, member.scope, async (tx) => ({
    items: await tx.query<z.infer<typeof feedListView>["items"][number]>(
      `SELECT id AS "providerId", name, id IS NOT DISTINCT FROM $2::uuid AS "isOwn", feed_token_hash IS NOT NULL AS "isOpen"
       FROM provider WHERE organization_id = $1::uuid AND archived_at IS NULL AND ($3 OR id = $2::uuid)
       ORDER BY "isOwn" DESC, name, id`,
      [tx.scope.organizationId, member.providerId, mayManage(member)],
      "list_feeds",
    ),
  }));
}

/** Gives a provider's feed a new private address, shown this once; the one before stops working. */
export async function renewFeed(
  ctx: TenantContext,
  input: z.output<typeof feedInput>,
): Promise<{ url: string }> {
  const { token, hash } = newToken();
  await setHash(ctx, targetOf(ctx, input.providerId), hash);
  return { url: `${ctx.publicConfig.appUrl.replace(/\/$/, "")}/api/ics/${token}.ics` };
}

/** Closes a provider's feed. */
export async function closeFeed(
  ctx: TenantContext,
  input: z.output<typeof feedInput>,
): Promise<{ isClosed: true }> {
  await setHash(ctx, targetOf(ctx, input.providerId), null);
  return { isClosed: true };
}

function setHash(ctx: TenantContext, providerId: string, hash: string | null): Promise<void> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const rows = await tx.query(
      "UPDATE provider SET feed_token_hash = $3, updated_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL RETURNING id",
      [tx.scope.organizationId, providerId, hash],
    );
    if (rows.length === 0) throw new AppError("not_found", "No such provider");
    await recordChange(tx, ctx, {
      type: hash ? "calendar_feed.renewed" : "calendar_feed.closed",
      entityId: providerId,
      payload: {},
    });
  });
}
