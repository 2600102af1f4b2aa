import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { sitesOf, type UserActor } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { ClientView } from "./clients-schema.ts";
import {
  belongingKinds,
  belongings,
  type ClientRecord,
  giveBelongings,
  lockAgendasOf,
  lockClients,
  type Moved,
  refuseElsewhere,
} from "./lock-clients.ts";
import { type MergeChanges, setFields, valuesOf } from "./merge-clients.ts";
import { requireDirectoryAction } from "./policy.ts";
import { findClient } from "./read-client.ts";
import { addressesOf, revokeClientLinks } from "./revoke-client-links.ts";
import { takeAliasesBack } from "./set-aliases.ts";

interface MergeRow {
  keptId: string;
  changes: MergeChanges;
  moved: Moved;
  createdAt: Date;
  undoneAt: Date | null;
}

/** Why a merge cannot be taken back, in `details.reasons`. */
export type UndoReason =
  /** The client kept has been merged into another since: that merge comes first. */
  | { code: "merged_on"; intoId: string }
  /** Fields that the merge chose have been changed since. */
  | { code: "changed"; fields: string[] }
  /** What went over belongs to somebody else by now. */
  | { code: "appointments" | "subjects"; count: number };

/**
 * Takes a merge back: the records merged are there again with the appointments, subjects and notes they had, their
 * portal links are theirs, and the client kept is what it was. What has come to it since the merge stays with it. A
 * second call answers the same. Errors: `forbidden`, `not_found`, `undo_refused` (see `UndoReason`).
 */
export function undoMerge(
  work: TenantWork<UserActor>,
  { id }: { id: string },
): Promise<{ client: ClientView; records: ClientView[] }> {
  requireDirectoryAction(work.actor, "clients.merge");
  return inTenantSql(work.database, work.scope, async (tx) => {
    const seen = await findMerge(tx, id);
    const mergedIds = Object.keys(seen.moved);
    const siteIds = sitesOf(work.actor);
    const records = await lockClients(tx, [seen.keptId, ...mergedIds], siteIds);
    const merge = await findMerge(tx, id);
    const answer = async () => {
      const views: ClientView[] = [];
      for (const each of mergedIds) views.push(await findClient(tx, each));
      return { client: await findClient(tx, merge.keptId), records: views };
    };
    if (merge.undoneAt) return answer();
    await refuseElsewhere(
      tx,
      { of: "id", ids: Object.values(merge.moved).flatMap(({ appointments }) => appointments) },
      siteIds,
    );
    const reasons = await contradictions(tx, merge, records);
    if (reasons.length > 0)
      throw new AppError("undo_refused", "What was done since stands in the way", { reasons });
    const before = await findClient(tx, merge.keptId);
    await giveBack(tx, merge.moved);
    await tx.query(
      `UPDATE client SET archived_at = NULL, merged_into_id = NULL, updated_at = $3
       WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[])`,
      [tx.scope.organizationId, mergedIds, new Date(work.now)],
      "restore_merged_clients",
    );
    await setFields(tx, { id: merge.keptId, values: valuesOf(merge.changes, "from"), now: work.now });
    await takeAliasesBack(tx, { mergeId: id, keptId: merge.keptId });
    const linksRevoked = await endStrayLinks(tx, before, merge);
    await tx.query(
      `UPDATE client_merge SET undone_at = $3, undone_by_id = $4::uuid, updated_at = $3
       WHERE organization_id = $1::uuid AND id = $2::uuid`,
      [tx.scope.organizationId, id, new Date(work.now), work.actor.userId],
      "end_client_merge",
    );
    await recordChange(tx, work, {
      type: "client.unmerged",
      entityId: merge.keptId,
      payload: { mergedIds },
      diff: { mergeId: id, mergedIds, fields: Object.keys(merge.changes), linksRevoked },
    });
    return answer();
  });
}

async function findMerge(tx: TenantSql, id: string): Promise<MergeRow> {
  const [row] = await tx.query<MergeRow>(
    `SELECT kept_id AS "keptId", changes, moved, created_at AS "createdAt", undone_at AS "undoneAt" FROM client_merge
     WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [tx.scope.organizationId, id],
    "client_merge_by_id",
  );
  if (!row) throw notFound("merge");
  return row;
}

async function contradictions(
  tx: TenantSql,
  { keptId, changes, moved }: MergeRow,
  records: readonly ClientRecord[],
): Promise<UndoReason[]> {
  const reasons: UndoReason[] = [];
  const kept = records.find(({ id }) => id === keptId);
  if (kept?.mergedIntoId) reasons.push({ code: "merged_on", intoId: kept.mergedIntoId });
  const fields = Object.entries(changes).filter(
    ([field, { to }]) => kept?.[field as keyof MergeChanges] !== to,
  );
  if (fields.length > 0) reasons.push({ code: "changed", fields: fields.map(([field]) => field) });
  // Once merged on, everything belongs to the next one: that merge is the reason, and it gives all of it back.
  if (kept?.mergedIntoId) return reasons;
  for (const kind of ["appointments", "subjects"] as const) {
    const { table, column } = belongings[kind];
    const rows = await tx.query(
      `SELECT id FROM ${table} WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[]) AND ${column} IS DISTINCT FROM $3::uuid`,
      [tx.scope.organizationId, Object.values(moved).flatMap((ids) => ids[kind]), keptId],
      `moved_on_${kind}`,
    );
    if (rows.length > 0) reasons.push({ code: kind, count: rows.length });
  }
  return reasons;
}

/**
 * While the records were one, links to the client kept may have gone to an address that is somebody else's again: then
 * they end.
 */
async function endStrayLinks(
  tx: TenantSql,
  before: ClientView,
  { keptId, moved, createdAt }: MergeRow,
): Promise<boolean> {
  const kept = addressesOf(await findClient(tx, keptId));
  const lost = addressesOf(before).filter((address) => !kept.includes(address));
  const rows = await tx.query(
    `SELECT n.id FROM notification n WHERE n.organization_id = $1::uuid AND n.recipient = ANY ($2::text[]) AND n.sent_at >= $3
       AND (n.appointment_id IN (SELECT id FROM appointment WHERE organization_id = $1::uuid AND client_id = $4::uuid)
         OR n.appointment_id = ANY ($5::uuid[])
         OR n.id IN (SELECT (h.diff ->> 'notificationId')::uuid FROM audit h
           WHERE h.organization_id = $1::uuid AND h.entity_id = $4::uuid AND h.action = 'client.link_issued' AND h.created_at >= $3))
     LIMIT 1`,
    [
      tx.scope.organizationId,
      lost,
      createdAt,
      keptId,
      Object.values(moved).flatMap(({ appointments }) => appointments),
    ],
    "links_sent_while_merged",
  );
  if (rows.length > 0) await revokeClientLinks(tx, keptId);
  return rows.length > 0;
}

/** What was removed since is not missed: only what is still there goes back. */
async function giveBack(tx: TenantSql, moved: Moved): Promise<void> {
  await lockAgendasOf(
    tx,
    Object.values(moved).flatMap(({ appointments }) => appointments),
  );
  for (const [to, ids] of Object.entries(moved)) {
    for (const kind of belongingKinds) await giveBelongings(tx, { kind, ids: ids[kind], to });
  }
}
