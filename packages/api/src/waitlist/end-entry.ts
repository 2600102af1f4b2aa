import type { TenantSql } from "@creneau/db/in-tenant";
import { enqueue } from "@creneau/db/jobs/enqueue";
import { matchOf } from "./jobs.ts";
import type { EntryRow } from "./queries.ts";

/** Takes an entry off the list; one that is off it already stays as it is. `now`: epoch milliseconds. */
export async function endEntry(tx: TenantSql, id: string, now: number): Promise<void> {
  await tx.query(
    "UPDATE waitlist_entry SET ended_at = $3, updated_at = $3 WHERE organization_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL",
    [tx.scope.organizationId, id, new Date(now)],
  );
}

/** Gives the time on offer to an entry back, and looks for whom it suits next; changes nothing without an offer. */
export async function giveOfferBack(tx: TenantSql, { state, offered_id }: EntryRow): Promise<void> {
  if (state !== "offered") return;
  await tx.query("SELECT booking_release_hold($1::uuid, $2::uuid)::text", [
    tx.scope.organizationId,
    offered_id,
  ]);
  await enqueue(tx, matchOf());
  tx.hasEvents = true;
}
