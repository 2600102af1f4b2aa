import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf, type UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";
import { newId } from "../new-id.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type ClientView, type mergeClientsInput, mergedFields } from "./clients-schema.ts";
import {
  type Belonging,
  belongingKinds,
  belongings,
  type ClientRecord,
  giveBelongings,
  lockAgendasOf,
  lockClients,
  type Moved,
  refuseElsewhere,
  requireLive,
} from "./lock-clients.ts";
import { requireDirectoryAction } from "./policy.ts";
import { findClient } from "./read-client.ts";
import { bringAliases } from "./set-aliases.ts";

type Counts = { appointments: number; subjects: number; notes: number };
/** Of the client kept: fields that the merge changes. */
export type MergeChanges = Partial<
  Record<(typeof mergedFields)[number], { from: string | null; to: string | null }>
>;

/**
 * Makes several records of one person one: appointments, subjects and notes move to the client kept; each field is taken
 * from the record chosen, and the names, addresses and numbers not chosen stay known as aliases. The others are archived
 * as they are, and their portal links lead to the one that is left. `undoMerge` gives them back by `mergeId`.
 * Errors: `forbidden` (also when they have been at sites beyond the seat's), `not_found`, `merged` (one went into another meanwhile), `invalid_input`.
 */
export function mergeClients(
  work: TenantWork<UserActor>,
  { keepId, mergeIds, fields }: z.output<typeof mergeClientsInput>,
): Promise<{ client: ClientView; moved: Counts; mergeId: string }> {
  requireDirectoryAction(work.actor, "clients.merge");
  const others = [...new Set(mergeIds)];
  return inTenantSql(work.database, work.scope, async (tx) => {
    const siteIds = sitesOf(work.actor);
    const records = await lockClients(tx, [keepId, ...others], siteIds);
    records.forEach(requireLive);
    await refuseElsewhere(tx, { of: "client_id", ids: others }, siteIds);
    const moved = await moveBelongings(tx, { from: others, to: keepId });
    const changes = fieldChanges(records, { keepId, fields });
    const mergeId = newId(work.now);
    await tx.query(
      `INSERT INTO client_merge (organization_id, id, kept_id, user_id, changes, moved)
       VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::jsonb, $6::jsonb)`,
      [
        tx.scope.organizationId,
        mergeId,
        keepId,
        work.actor.userId,
        JSON.stringify(changes),
        JSON.stringify(moved),
      ],
      "insert_client_merge",
    );
    await tx.query(
      `UPDATE client SET archived_at = $3, merged_into_id = $4::uuid, updated_at = $3
       WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[])`,
      [tx.scope.organizationId, others, new Date(work.now), keepId],
      "archive_merged_clients",
    );
    await setFields(tx, { id: keepId, values: valuesOf(changes, "to"), now: work.now });
    await bringAliases(tx, { mergeId });
    const counts = countMoved(moved);
    await recordChange(tx, work, {
      type: "client.merged",
      entityId: keepId,
      payload: { mergedIds: others },
      diff: { mergeId, mergedIds: others, moved: counts, fields: Object.keys(changes) },
    });
    return { client: await findClient(tx, keepId), moved: counts, mergeId };
  });
}

async function moveBelongings(
  tx: TenantSql,
  { from, to }: { from: readonly string[]; to: string },
): Promise<Moved> {
  const moved: Moved = Object.fromEntries(
    from.map((id) => [id, { appointments: [], subjects: [], notes: [], records: [] }]),
  );
  const found = {} as Record<Belonging, string[]>;
  for (const kind of belongingKinds) {
    const { table, column } = belongings[kind];
    const rows = await tx.query<{ id: string; owner: string }>(
      `SELECT id, ${column} AS owner FROM ${table} WHERE organization_id = $1::uuid AND ${column} = ANY ($2::uuid[]) ORDER BY id`,
      [tx.scope.organizationId, from],
      `belongings_${kind}`,
    );
    for (const { id, owner } of rows) moved[owner]?.[kind].push(id);
    found[kind] = rows.map(({ id }) => id);
  }
  await lockAgendasOf(tx, found.appointments);
  for (const kind of belongingKinds) await giveBelongings(tx, { kind, ids: found[kind], to });
  return moved;
}

/** Records come oldest first: of two that have what the one kept lacks, the older one gives it. */
function fieldChanges(
  records: readonly ClientRecord[],
  { keepId, fields }: Pick<z.output<typeof mergeClientsInput>, "keepId" | "fields">,
): MergeChanges {
  const recordOf = (id: string) => records.find((record) => record.id === id);
  const kept = recordOf(keepId);
  const changes: MergeChanges = {};
  for (const field of mergedFields) {
    const choice = fields[field];
    const chosen = choice ? recordOf(choice) : kept;
    if (!chosen)
      throw new AppError("invalid_input", "A field comes from one of the records", {
        field: `fields.${field}`,
      });
    const from = kept?.[field] ?? null;
    const to =
      [chosen, kept, ...records].map((record) => record?.[field] ?? null).find((value) => value !== null) ??
      null;
    if (to !== from) changes[field] = { from, to };
  }
  return changes;
}

/** One side of the changed fields. */
export function valuesOf(changes: MergeChanges, side: "from" | "to"): Partial<ClientRecord> {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change[side]]));
}

/** Writes fields of a client; with none it is only touched, so that what is derived from its aliases is right. */
export async function setFields(
  tx: TenantSql,
  { id, values, now }: { id: string; values: Partial<ClientRecord>; now: number },
): Promise<void> {
  const list = mergedFields.join(", ");
  await tx.query(
    `UPDATE client c SET (${list}) = (SELECT ${list} FROM jsonb_populate_record(c, $3::jsonb)), updated_at = $4
     WHERE c.organization_id = $1::uuid AND c.id = $2::uuid`,
    [tx.scope.organizationId, id, JSON.stringify(values), new Date(now)],
    "set_client_fields",
  );
}

function countMoved(moved: Moved): Counts {
  const count = (kind: keyof Counts) =>
    Object.values(moved).reduce((total, ids) => total + ids[kind].length, 0);
  return { appointments: count("appointments"), subjects: count("subjects"), notes: count("notes") };
}
