import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf, type UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";
import { newToken } from "../identity/token.ts";
import { recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { feedInput, feedListView } from "./schema.ts";

/** Whether a member may open and close other people's feeds. */
function mayManage({ role }: UserActor): boolean {
  return role === "owner" || role === "admin";
}

/**
 * SQL: whether provider `p` is within an actor's sites. A feed holds the whole agenda: whoever is limited to sites (a
 * parameter, null for all) manages none that reaches beyond them, but their own (another parameter).
 */
const isCovered = (sites: string, own: string) =>
  `(${sites}::uuid[] IS NULL OR p.id = ${own}::uuid OR array(SELECT ps.site_id FROM provider_site ps
     WHERE ps.organization_id = p.organization_id AND ps.provider_id = p.id) <@ ${sites}::uuid[])`;

/** Whose feed: one's own, or anybody's for those who run the place. */
function targetOf({ actor }: TenantWork<UserActor>, providerId: string | undefined): string {
  const target = providerId ?? actor.providerId;
  if (!target || (target !== actor.providerId && !mayManage(actor)))
    throw new AppError("forbidden", "Only their own feed, or an administrator");
  return target;
}

/** Whether each feed that the caller may manage is open: one's own, for administrators everybody's. */
export function listFeeds({
  database,
  scope,
  actor,
}: TenantWork<UserActor>): Promise<z.infer<typeof feedListView>> {
  return inTenantSql(database, scope, async (tx) => ({
    items: await tx.query<z.infer<typeof feedListView>["items"][number]>(
      `SELECT id AS "providerId", name, id IS NOT DISTINCT FROM $2::uuid AS "isOwn", feed_token_hash IS NOT NULL AS "isOpen"
       FROM provider p WHERE organization_id = $1::uuid AND archived_at IS NULL AND ($3 OR id = $2::uuid) AND ${isCovered("$4", "$2")}
       ORDER BY "isOwn" DESC, name, id`,
      [tx.scope.organizationId, actor.providerId, mayManage(actor), sitesOf(actor)],
      "list_feeds",
    ),
  }));
}

/** Gives a provider's feed a new private address, shown this once; the one before stops working. */
export async function renewFeed(
  work: TenantWork<UserActor> & Pick<Services, "publicConfig">,
  input: z.output<typeof feedInput>,
): Promise<{ url: string }> {
  const { token, hash } = newToken();
  await setHash(work, targetOf(work, input.providerId), hash);
  return { url: `${work.publicConfig.appUrl.replace(/\/$/, "")}/api/ics/${token}.ics` };
}

/** Closes a provider's feed. */
export async function closeFeed(
  work: TenantWork<UserActor>,
  input: z.output<typeof feedInput>,
): Promise<{ isClosed: true }> {
  await setHash(work, targetOf(work, input.providerId), null);
  return { isClosed: true };
}

function setHash(work: TenantWork<UserActor>, providerId: string, hash: string | null): Promise<void> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const rows = await tx.query(
      `UPDATE provider p SET feed_token_hash = $3, updated_at = now()
       WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL AND ${isCovered("$4", "$5")} RETURNING id`,
      [tx.scope.organizationId, providerId, hash, sitesOf(work.actor), work.actor.providerId],
    );
    if (rows.length === 0) throw new AppError("not_found", "No such provider");
    await recordChange(tx, work, {
      type: hash ? "calendar_feed.renewed" : "calendar_feed.closed",
      entityId: providerId,
      payload: {},
    });
  });
}
