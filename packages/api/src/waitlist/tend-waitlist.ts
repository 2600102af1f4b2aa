import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { coversSite, sitesInReach } from "../actor.ts";

import { notFound } from "../errors.ts";
import type { TenantWork } from "../tenant-work.ts";
import { endEntry, giveOfferBack } from "./end-entry.ts";
import { staffEntry } from "./entry-views.ts";
import { requireWaitlist } from "./policy.ts";
import { findEntry, listEntries } from "./queries.ts";
import { entryCursor, type entryIdInput, type listEntriesInput, type StaffEntryView } from "./schema.ts";

/** Who waits, first come first, page by page. Errors: `forbidden`. */
export async function listWaitlist(
  work: TenantWork,
  { siteIds, includeEnded, cursor, limit }: z.output<typeof listEntriesInput>,
): Promise<{ items: StaffEntryView[]; nextCursor: string | null }> {
  requireWaitlist(work.actor, "read");
  const [createdAt, id] = cursor ? entryCursor.parse(cursor.split(" ")) : [];
  const rows = await inTenantSql(work.database, work.scope, (tx) =>
    listEntries(tx, {
      now: work.now,
      siteIds: sitesInReach(work.actor, siteIds),
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
  work: TenantWork,
  { id }: z.output<typeof entryIdInput>,
): Promise<{ id: string }> {
  requireWaitlist(work.actor, "read");
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await findEntry(tx, { id, now: work.now });
    if (!row || !coversSite(work.actor, row.site_id)) throw notFound("entry");
    await endEntry(tx, work, { entry: row, end: { reason: "removed" }, now: work.now });
    await giveOfferBack(tx, work.actor, row);
    return { id };
  });
}
