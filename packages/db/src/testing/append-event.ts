import type { TenantSql } from "../in-tenant.ts";

/** What happened: ids and a version, never a whole row; readers fetch what they may see. */
export interface NewEvent {
  type: string;
  entityId: string;
  version?: number | null;
  actorUserId?: string | null;
  payload?: Record<string, unknown>;
}

/** Appends a bare event to the organization's log inside the caller's transaction; the product's writers record more. */
export async function appendEvent(tx: TenantSql, event: NewEvent): Promise<void> {
  await tx.query(
    "SELECT append_event($1::text, $2::uuid, $3::integer, $4::uuid, $5::jsonb)::text",
    [
      event.type,
      event.entityId,
      event.version ?? null,
      event.actorUserId ?? null,
      JSON.stringify(event.payload ?? {}),
    ],
    "append_event",
  );
  tx.hasEvents = true;
}
