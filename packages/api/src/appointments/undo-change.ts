import { inTenantSql } from "@creneau/db/in-tenant";
import type { Instant } from "@creneau/domain/time/instant";
import type { UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";
import { hashToken } from "../identity/token.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { toAppointmentView } from "./appointment-row.ts";
import { ofAppointment } from "./events.ts";
import { isPlaceTaken, slotTaken } from "./explain-conflict.ts";
import { assertMayChange, lockAgendas } from "./move-appointment.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import type { AppointmentView } from "./schema.ts";
import type { UndoColumns } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

interface UndoRow {
  id: string;
  appointment_id: string;
  before: Record<keyof UndoColumns, string | number | null>;
  version_after: number;
  expires_at: Date;
  used_at: Date | null;
}

/**
 * Takes a move, a cancellation or an update back, within the window and while nobody has changed the appointment since.
 * A second use of the same token answers the same row.
 *
 * Errors: `undo_expired`, `version_conflict`, `slot_taken` when the old time went to somebody else, `not_found`.
 */
export async function undoChange(
  work: TenantWork<UserActor>,
  { token }: { token: string },
): Promise<{ appointment: AppointmentView }> {
  const now = work.now;
  let back: UndoRow | undefined;
  try {
    return await inTenantSql(work.database, work.scope, async (tx) => {
      const found = await tx.query<UndoRow>(
        `SELECT id, appointment_id, before, version_after, expires_at, used_at FROM undo
         WHERE organization_id = $1::uuid AND token_hash = $2 AND user_id = $3::uuid FOR UPDATE`,
        [tx.scope.organizationId, hashToken(token), work.actor.userId],
        "undo_by_token",
      );
      back = found[0];
      if (!back) throw new AppError("not_found", "Nothing to take back");
      const seen = await loadAppointment(tx, work.actor, back.appointment_id);
      if (back.used_at) return { appointment: toAppointmentView(seen) };
      if (now > back.expires_at.getTime())
        throw new AppError("undo_expired", "It is too late to take this back");
      const { before } = back;
      await lockAgendas(tx, [
        seen.provider_id,
        seen.room_id,
        before.provider_id as string,
        before.room_id as string | null,
      ]);
      const row = await findAppointment(tx, back.appointment_id, { lock: true });
      if (!row) throw new AppError("not_found", "No such appointment");
      assertMayChange(work, row);
      assertVersion(row, back.version_after);
      await tx.query(
        `UPDATE appointment a SET
           site_id = b.site_id, provider_id = b.provider_id, room_id = b.room_id, client_id = coalesce(live_client(b.client_id), b.client_id), subject_id = b.subject_id,
           title = b.title, description = b.description, starts_at = b.starts_at, ends_at = b.ends_at,
           busy_from = b.busy_from, busy_to = b.busy_to, lane = b.lane, status = b.status, location_kind = b.location_kind,
           location_detail = b.location_detail, price_cents = b.price_cents, cancelled_at = b.cancelled_at,
           cancelled_by_id = b.cancelled_by_id, cancel_reason = b.cancel_reason, version = a.version + 1, updated_at = $4
         FROM jsonb_populate_record(NULL::appointment, $3::jsonb) b
         WHERE a.organization_id = $1::uuid AND a.id = $2::uuid`,
        [tx.scope.organizationId, row.id, JSON.stringify(before), new Date(now)],
        "apply_undo",
      );
      await tx.query(
        "UPDATE undo SET used_at = $3 WHERE organization_id = $1::uuid AND id = $2::uuid",
        [tx.scope.organizationId, back.id, new Date(now)],
        "use_undo",
      );
      const restored = await findAppointment(tx, row.id);
      if (!restored) throw new Error("The appointment just restored is gone");
      await recordChange(tx, work, {
        type: "appointment.undone",
        ...ofAppointment(restored, {
          undoneVersion: back.version_after,
          ...(restored.provider_id !== row.provider_id && { previousProviderId: row.provider_id }),
        }),
        diff: {
          before: {
            startsAt: row.starts_at,
            endsAt: row.ends_at,
            providerId: row.provider_id,
            status: row.status,
          },
          after: {
            startsAt: restored.starts_at,
            endsAt: restored.ends_at,
            providerId: restored.provider_id,
            status: restored.status,
          },
        },
      });
      return { appointment: toAppointmentView(restored) };
    });
  } catch (error) {
    if (!isPlaceTaken(error) || !back) throw error;
    const { before } = back;
    throw await slotTaken({
      database: work.database,
      scope: work.scope,
      providerId: before.provider_id as string,
      siteId: before.site_id as string,
      serviceId: null,
      roomId: before.room_id as string | null,
      startsAt: Date.parse(before.starts_at as string) as Instant,
      endsAt: Date.parse(before.ends_at as string) as Instant,
      ignore: back.appointment_id,
      now,
    });
  }
}
