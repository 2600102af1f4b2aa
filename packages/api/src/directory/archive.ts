import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import { type Actor, sitesOf } from "../actor.ts";
import { notFound } from "../errors.ts";

import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { clientChange, type DirectoryKind, directoryChange } from "./events.ts";
import { refuseInUse } from "./future-appointments.ts";
import { mergedError, refuseElsewhere } from "./lock-clients.ts";
import { requireDirectoryAction, requireEverySite } from "./policy.ts";
import { recordSeatChange } from "./record-seat-change.ts";

/** Which sites a row stands on; the seat must cover every one of them. */
const siteColumns: Partial<Record<DirectoryKind, string>> = {
  site: "array[t.id]",
  room: "array[t.site_id]",
  provider:
    "array(SELECT ps.site_id FROM provider_site ps WHERE ps.organization_id = t.organization_id AND ps.provider_id = t.id)",
};

/**
 * Puts a row away, or takes it back. What has appointments to come stays: `in_use` with their count. What was booked
 * in the past keeps pointing at it. Errors: `forbidden`, `not_found`, `in_use`, `merged`.
 */
export function archive(
  work: TenantWork,
  kind: DirectoryKind,
  { id, archived }: { id: string; archived: boolean },
): Promise<{ id: string; archivedAt: string | null }> {
  const isPerson = kind === "client" || kind === "subject";
  requireDirectoryAction(work.actor, isPerson ? "clients.change" : "directory.change");
  if (kind === "service") requireEverySite(work.actor);
  return inTenant(work.database, work.scope, async (tx) => {
    const row = await lockRow(tx, work.actor, kind, id);
    if (row.merged_into_id) throw mergedError(id, row.merged_into_id);
    if (archived === (row.archived_at !== null)) return answer(id, row.archived_at);
    if (kind === "client") await refuseElsewhere(tx, { of: "client_id", ids: [id] }, sitesOf(work.actor));
    if (archived) await refuseInUse(tx, { [kind]: id }, work.now);
    const archivedAt = archived ? new Date(work.now) : null;
    await tx.query(
      `UPDATE ${kind} SET archived_at = $3::timestamptz, updated_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid RETURNING id`,
      [tx.scope.organizationId, id, archivedAt],
    );
    const action = archived ? "archived" : "restored";
    await recordChange(
      tx,
      work,
      kind === "client" ? clientChange({ action, id }) : directoryChange({ kind, action, id }),
    );
    if (kind === "provider") await recordSeatChange(tx, work, [row.user_id]);
    return answer(id, archivedAt);
  });
}

interface LockedRow {
  archived_at: Date | null;
  user_id: string | null;
  merged_into_id: string | null;
}

async function lockRow(tx: TenantTx, actor: Actor, kind: DirectoryKind, id: string): Promise<LockedRow> {
  const sites = siteColumns[kind];
  const isPerson = kind === "client" || kind === "subject";
  const isCovered = sites ? `${sites} <@ $3::uuid[]` : isPerson ? `${kind}_in_reach(t, $3::uuid[])` : "true";
  const rows = await tx.query<LockedRow>(
    `SELECT t.archived_at, ${kind === "provider" ? "t.user_id" : "NULL::uuid AS user_id"},
       ${kind === "client" ? "t.merged_into_id" : "NULL::uuid AS merged_into_id"} FROM ${kind} t
     WHERE t.organization_id = $1::uuid AND t.id = $2::uuid AND ($3::uuid[] IS NULL OR ${isCovered}) FOR UPDATE`,
    [tx.scope.organizationId, id, sitesOf(actor)],
  );
  const row = rows[0];
  if (!row) throw notFound(kind);
  return row;
}

function answer(id: string, archivedAt: Date | null) {
  return { id, archivedAt: archivedAt?.toISOString() ?? null };
}
