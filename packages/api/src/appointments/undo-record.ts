import type { TenantSql } from "@creneau/db/in-tenant";
import { undoUntil } from "@creneau/domain/appointments/undo-window";
import type { Instant } from "@creneau/domain/time/instant";
import type { Actor } from "../actor.ts";
import { newToken } from "../identity/token.ts";
import type { AppointmentRow } from "./appointment-row.ts";

/** What the caller holds to take a change back: a secret, and until when it works. */
export interface UndoHandle {
  token: string;
  until: string;
}

/** The columns a change may touch, as they were before it. */
export type UndoColumns = Omit<
  AppointmentRow,
  | "id"
  | "version"
  | "service_name"
  | "client_name"
  | "client_email"
  | "client_phone"
  | "subject_kind"
  | "subject_reference"
  | "source"
  | "created_at"
  | "updated_at"
  | "hold_expires_at"
  | "service_id"
>;

interface UndoWish {
  action: "move" | "cancel" | "update";
  before: AppointmentRow;
  actor: Actor;
  now: Instant;
  undoSeconds: number;
}

/**
 * A new handle, with what SQL functions write for it; the token itself is not stored. Null where nobody is there to take
 * anything back: only somebody signed in can.
 */
export function newUndo({ action, before, actor, now, undoSeconds }: UndoWish) {
  if (actor.kind !== "user") return null;
  const { userId } = actor;
  const { token, hash } = newToken();
  const until = new Date(undoUntil(now, undoSeconds)).toISOString();
  const handle: UndoHandle = { token, until };
  return { handle, columns: { action, hash, userId, before: undoColumns(before), until } };
}

/** A handle with its columns. */
export type NewUndo = NonNullable<ReturnType<typeof newUndo>>;

/** Records how to take a change back, in the transaction of the change. */
export async function openUndo(
  tx: TenantSql,
  { versionAfter, ...wish }: UndoWish & { versionAfter: number },
): Promise<UndoHandle | null> {
  const undo = newUndo(wish);
  if (!undo) return null;
  const { handle, columns } = undo;
  await tx.query(
    `INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at)
     VALUES ($1::uuid, uuid_v7(), $2::uuid, $3, $4::uuid, $5, $6::jsonb, $7, $8)`,
    [
      tx.scope.organizationId,
      wish.before.id,
      columns.hash,
      columns.userId,
      columns.action,
      JSON.stringify(columns.before),
      versionAfter,
      columns.until,
    ],
    "insert_undo",
  );
  return handle;
}

function undoColumns(row: AppointmentRow): UndoColumns {
  return {
    site_id: row.site_id,
    provider_id: row.provider_id,
    room_id: row.room_id,
    client_id: row.client_id,
    subject_id: row.subject_id,
    title: row.title,
    description: row.description,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    busy_from: row.busy_from,
    busy_to: row.busy_to,
    lane: row.lane,
    status: row.status,
    location_kind: row.location_kind,
    location_detail: row.location_detail,
    price_cents: row.price_cents,
    cancelled_at: row.cancelled_at,
    cancelled_by_id: row.cancelled_by_id,
    cancel_reason: row.cancel_reason,
  };
}
