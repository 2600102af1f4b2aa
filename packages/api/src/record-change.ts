import type { TenantSql } from "@creneau/db/in-tenant";
import type { NewJob } from "@creneau/db/jobs/enqueue";
import type { TenantContext } from "./trpc.ts";

/** One change of a row, as the log and the audit learn of it. */
export interface EntityChange {
  type: string;
  /** Table-like name, for the audit. */
  entity: string;
  entityId: string;
  version?: number;
  /** What readers of the log need to know: ids, never personal data. */
  payload?: object;
  /** What changed, for the audit, which nobody can erase: no client's personal data. */
  diff?: object;
  jobs?: NewJob[];
}

/** Writes event, audit row and jobs in one trip, inside the transaction of the change. */
export async function recordEntityChange(
  tx: TenantSql,
  { member, address }: { member: Pick<TenantContext["member"], "userId">; address: string },
  change: EntityChange,
): Promise<void> {
  await tx.query(
    `SELECT record_change($1::text, $2::text, $3::uuid, $4::integer, $5::uuid, $6::jsonb, $7::jsonb, $8::text, $9::jsonb)::text`,
    [
      change.type,
      change.entity,
      change.entityId,
      change.version ?? null,
      member.userId,
      JSON.stringify(change.payload ?? {}),
      JSON.stringify(change.diff ?? {}),
      address,
      JSON.stringify(change.jobs ?? []),
    ],
    "record_entity_change",
  );
  tx.hasEvents = true;
}

/** The fields that differ, as `{field: {from, to}}`. */
export function differences(before: object, after: object): Record<string, { from: unknown; to: unknown }> {
  const old = before as Record<string, unknown>;
  const changed = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(old[field]) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed.map(([field, value]) => [field, { from: old[field], to: value }]));
}
