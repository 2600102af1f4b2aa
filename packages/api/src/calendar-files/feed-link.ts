import { inTenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { newToken } from "../identity/token.ts";
import type { TenantContext } from "../trpc.ts";

export const feedInput = z.object({ providerId: z.uuid().optional() });

/** Whose feed: one's own, or anybody's for those who run the place. */
function targetOf({ member }: TenantContext, providerId: string | undefined): string {
  const target = providerId ?? member.providerId;
  const mayManage = member.role === "owner" || member.role === "admin";
  if (!target || (target !== member.providerId && !mayManage))
    throw new AppError("forbidden", "Only their own feed, or an administrator");
  return target;
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
    await tx.query(
      "INSERT INTO audit (organization_id, id, actor_user_id, action, entity, entity_id, address) VALUES ($1::uuid, uuid_v7(), $2::uuid, $3, 'provider', $4::uuid, $5)",
      [
        tx.scope.organizationId,
        ctx.member.userId,
        hash ? "calendar_feed.renewed" : "calendar_feed.closed",
        providerId,
        ctx.address,
      ],
    );
  });
}
