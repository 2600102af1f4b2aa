import type { TenantSql } from "@creneau/db/in-tenant";
import { AppError, notFound } from "../errors.ts";
import type { mergedFields } from "./clients-schema.ts";

/** What merging looks at and changes. */
export interface ClientRecord extends Record<(typeof mergedFields)[number], string | null> {
  id: string;
  mergedIntoId: string | null;
  isArchived: boolean;
}

/**
 * These clients, held to the commit together with the records merged into them: whoever books for one of them waits, and
 * then finds what has become of it. In key order, so that two merges that cross wait instead of deadlocking. Oldest
 * first. `siteIds` are those of whoever asks, null for all. Errors: `not_found` when one does not exist for them.
 */
export async function lockClients(
  tx: TenantSql,
  ids: readonly string[],
  siteIds: readonly string[] | null,
): Promise<ClientRecord[]> {
  await tx.query(
    `SELECT id FROM client WHERE organization_id = $1::uuid AND (id = ANY ($2::uuid[]) OR merged_into_id = ANY ($2::uuid[]))
     ORDER BY id FOR UPDATE`,
    [tx.scope.organizationId, ids],
    "lock_clients",
  );
  const rows = await tx.query<ClientRecord>(
    `SELECT id, name, kind::text AS kind, email, phone, company, siret, locale, timezone, merged_into_id AS "mergedIntoId",
       archived_at IS NOT NULL AS "isArchived"
     FROM client c WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[]) AND client_in_reach(c, $3::uuid[])
     ORDER BY created_at, id`,
    [tx.scope.organizationId, ids, siteIds],
    "locked_clients",
  );
  if (rows.length !== new Set(ids).size) throw notFound("client");
  return rows;
}

/** Refuses a record that is one no more: `merged` when it went into another, else `not_found`. */
export function requireLive({ id, isArchived, mergedIntoId }: ClientRecord): void {
  if (mergedIntoId) throw mergedError(id, mergedIntoId);
  if (isArchived) throw notFound("client");
}

/** For a change of a record that went into another one. */
export function mergedError(id: string, intoId: string): AppError {
  return new AppError("merged", "This record was merged into another", { id, intoId });
}

/**
 * The client to write under: the one with this id, or the one that it was merged into; held so that no merge comes
 * between. `siteIds` are those of whoever asks, null for all.
 * @throws AppError `not_found` for one that is archived, out of their reach, or was never there
 */
export async function liveClientId(
  tx: TenantSql,
  id: string,
  siteIds: readonly string[] | null,
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `SELECT c.id FROM live_client($2::uuid) AS live(id) JOIN client c ON c.organization_id = $1::uuid AND c.id = live.id
     WHERE client_in_reach(c, $3::uuid[])`,
    [tx.scope.organizationId, id, siteIds],
    "live_client",
  );
  if (!row) throw notFound("client");
  return row.id;
}

/**
 * Refuses a seat limited to sites to put away, or to give to another record, appointments at others: those of clients, or
 * these themselves.
 * @throws AppError `forbidden`
 */
export async function refuseElsewhere(
  tx: TenantSql,
  { of, ids }: { of: "client_id" | "id"; ids: readonly string[] },
  siteIds: readonly string[] | null,
): Promise<void> {
  if (siteIds === null) return;
  const rows = await tx.query(
    `SELECT id FROM appointment WHERE organization_id = $1::uuid AND ${of} = ANY ($2::uuid[]) AND site_id <> ALL ($3::uuid[]) LIMIT 1`,
    [tx.scope.organizationId, ids, siteIds],
    `appointments_elsewhere_${of}`,
  );
  if (rows.length > 0) throw new AppError("forbidden", "This concerns sites that you do not cover");
}

/** What belongs to clients and follows them through merges. */
export const belongings = {
  appointments: { table: "appointment", column: "client_id" },
  subjects: { table: "subject", column: "client_id" },
  notes: { table: "note", column: "author_client_id" },
  /** Records merged into a client: they point at the one that is left. */
  records: { table: "client", column: "merged_into_id" },
} as const;
export type Belonging = keyof typeof belongings;
export const belongingKinds = Object.keys(belongings) as Belonging[];

/** Ids of what went over with each merged record. */
export type Moved = Record<string, Record<Belonging, string[]>>;

/**
 * Holds the agendas of these clients' appointments still to be kept: `client_id` is indexed, so such a row is written
 * anew under the exclusion constraints, and whoever writes there takes the lock first.
 */
export async function lockAgendasOf(tx: TenantSql, appointmentIds: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT lock_agendas(array(SELECT DISTINCT unnest(ARRAY[a.provider_id, a.room_id]) FROM appointment a
       WHERE a.organization_id = $1::uuid AND a.id = ANY ($2::uuid[]) AND a.status NOT IN ('cancelled', 'completed', 'no_show')))`,
    [tx.scope.organizationId, appointmentIds],
    "lock_agendas_of_clients",
  );
}

/** Gives rows to another client. */
export async function giveBelongings(
  tx: TenantSql,
  { kind, ids, to }: { kind: Belonging; ids: readonly string[]; to: string },
): Promise<void> {
  if (ids.length === 0) return;
  const { table, column } = belongings[kind];
  await tx.query(
    `UPDATE ${table} SET ${column} = $3::uuid WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[])`,
    [tx.scope.organizationId, ids, to],
    `give_${kind}`,
  );
}
