import type { TenantSql } from "@creneau/db/in-tenant";
import { actorColumns, type RecordedActor } from "./actor.ts";
import { type EventPayload, type EventSubject, type EventType, eventCatalogue } from "./event-catalogue.ts";

/** Who changed something, and from which network address. */
export interface ChangeAuthor {
  actor: RecordedActor;
  address: string | null;
}

/** One change of a row, as the log and the audit learn of it. */
export type Change<Type extends EventType = EventType> = {
  [Each in Type]: {
    type: Each;
    entityId: string;
    /** What readers of the log need to know: ids, never personal data. */
    payload: EventPayload<Each>;
    /** What changed, for the audit, which nobody can erase: no client's personal data. */
    diff?: object;
  } & EventSubject<Each>;
}[Type];

/** The change as SQL functions take it: event, actor, payload and audit. */
export function changeTrace({ actor, address }: ChangeAuthor, change: Change) {
  const { type, payload, diff = {} } = change;
  return { type, by: actorColumns(actor), payload, diff, address };
}

/**
 * The one way to say that something has changed: writes event and audit row in one trip, inside the transaction of the
 * change. Whoever reacts follows the events (reactions.ts). An event that the catalogue calls unaudited leaves no audit row.
 */
export async function recordChange(tx: TenantSql, author: ChangeAuthor, change: Change): Promise<void> {
  const { type, by, payload, diff, address } = changeTrace(author, change);
  const { entity, isUnaudited } = eventCatalogue[type];
  await tx.query(
    `SELECT record_change($1::text, $2::text, $3::uuid, $4::integer, NULL, $5::jsonb, $6::jsonb, $7::text, '[]', $8::jsonb)::text`,
    [
      type,
      change.entity ?? entity[0],
      change.entityId,
      change.version ?? null,
      JSON.stringify(payload),
      isUnaudited ? null : JSON.stringify(diff),
      address,
      JSON.stringify(by),
    ],
    "record_change",
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
