import type { TenantSql } from "@creneau/db/in-tenant";
import { type Actor, actorColumns } from "../actor.ts";
import type { ChangeAuthor } from "../record-change.ts";
import { type EndedEntry, type EntryEnd, recordEnd } from "./events.ts";
import type { EntryRow } from "./queries.ts";

/** Takes an entry off the list; one that is off it already stays as it is. `now`: epoch milliseconds. */
export async function endEntry(
  tx: TenantSql,
  author: ChangeAuthor,
  { entry, end, now }: { entry: EndedEntry; end: EntryEnd; now: number },
): Promise<void> {
  const ended = await tx.query<{ id: string }>(
    "UPDATE waitlist_entry SET ended_at = $3, updated_at = $3 WHERE organization_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL RETURNING id",
    [tx.scope.organizationId, entry.id, new Date(now)],
  );
  if (ended.length > 0) await recordEnd(tx, author, entry, end);
}

/** Gives the time on offer to an entry back; changes nothing without an offer. */
export async function giveOfferBack(
  tx: TenantSql,
  actor: Actor,
  { state, offered_id }: EntryRow,
): Promise<void> {
  if (state !== "offered") return;
  await tx.query("SELECT booking_release_hold($1::uuid, $2::uuid, $3::jsonb)::text", [
    tx.scope.organizationId,
    offered_id,
    JSON.stringify(actorColumns(actor)),
  ]);
  tx.hasEvents = true;
}
