import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesInReach } from "../directory/policy.ts";
import { notFound } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { endEntry, giveOfferBack } from "./end-entry.ts";
import { staffEntry } from "./entry-views.ts";
import { coversSite, requireWaitlist } from "./policy.ts";
import { findEntry, listEntries } from "./queries.ts";
import { entryCursor, type entryIdInput, type listEntriesInput, type StaffEntryView } from "./schema.ts";

/** Who waits, first come first, page by page. Errors: `forbidden`. */
export async function listWaitlist(
  ctx: TenantContext,
  { siteIds, includeEnded, cursor, limit }: z.output<typeof listEntriesInput>,
): Promise<{ items: StaffEntryView[]; nextCursor: string | null }> {
  requireWaitlist(ctx.member);
  const [createdAt, id] = cursor ? entryCursor.parse(cursor.split(" ")) : [];
  const rows = await inTenantSql(ctx.database, ctx.member.scope, (tx) =>
    listEntries(tx, {
      now: ctx.now(),
      siteIds: sitesInReach(ctx.member, siteIds),
      includeEnded,
      after: createdAt && id ? { createdAt: new Date(createdAt), id } : null,
      limit: limit + 1,
    }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(staffEntry),
    nextCursor: rows.length > limit && last ? `${last.created_at.toISOString()} ${last.id}` : null,
  };
}

/** Takes an entry off the list, its offer too; the person is not told. Errors: `forbidden`, `not_found`. */
export async function removeEntry(
  ctx: TenantContext,
  { id }: z.output<typeof entryIdInput>,
): Promise<{ id: string }> {
  requireWaitlist(ctx.member);
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const row = await findEntry(tx, { id, now: ctx.now() });
    if (!row || !coversSite(ctx.member, row.site_id)) throw notFound("entry");
    await endEntry(tx, ctx, { entry: row, end: { reason: "removed" }, now: ctx.now() });
    await giveOfferBack(tx, row);
    return { id };
  });
}
