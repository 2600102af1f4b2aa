import { inTenantSql } from "@creneau/db/in-tenant";
import type { Instant } from "@creneau/domain/time/instant";
import type { UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";
import { hashToken } from "../identity/token.ts";
import type { Change } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type AppointmentRow, toAppointmentView } from "./appointment-row.ts";
import { changeTime } from "./change-time.ts";
import { ofAppointment } from "./events.ts";
import { isPlaceTaken, type LostPlace, slotTaken } from "./explain-conflict.ts";
import { assertMayChange } from "./move-appointment.ts";
import { loadAppointment } from "./queries.ts";
import type { AppointmentView } from "./schema.ts";
import type { UndoColumns } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

/** Of the columns as JSON kept them, those that say when and where. */
interface TimeColumns {
  starts_at: string;
  ends_at: string;
  busy_from: string;
  busy_to: string;
  provider_id: string;
  site_id: string;
  room_id: string | null;
  lane: number;
}

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
  const found = await readUndo(work, token);
  if (found.back.used_at) return { appointment: toAppointmentView(found.row) };
  const restored = await takeBack(work, found);
  if (restored) return { appointment: toAppointmentView(restored) };
  // Of two clicks at once the second finds it done; else somebody has changed the appointment since.
  const { back, row } = await readUndo(work, token);
  if (!back.used_at) assertVersion(row, back.version_after);
  return { appointment: toAppointmentView(row) };
}

/** The appointment as it was; null when it is not any more as the change left it. */
async function takeBack(
  work: TenantWork<UserActor>,
  { back, row }: { back: UndoRow; row: AppointmentRow },
): Promise<AppointmentRow | null> {
  if (work.now > back.expires_at.getTime())
    throw new AppError("undo_expired", "It is too late to take this back");
  assertMayChange(work, row);
  if (row.version !== back.version_after) return null;
  try {
    const answer = await changeTime(work, {
      row,
      to: back.before as TimeColumns & typeof back.before,
      takenBackId: back.id,
      change: undoneChange(row, back),
    });
    return answer.outcome === "changed" ? answer.row : null;
  } catch (error) {
    if (!isPlaceTaken(error)) throw error;
    throw await slotTaken(lostBy(work, back));
  }
}

/** What a token takes back, and the appointment as it is. */
function readUndo(
  { database, scope, actor }: TenantWork<UserActor>,
  token: string,
): Promise<{ back: UndoRow; row: AppointmentRow }> {
  return inTenantSql(database, scope, async (tx) => {
    const [back] = await tx.query<UndoRow>(
      `SELECT id, appointment_id, before, version_after, expires_at, used_at FROM undo
       WHERE organization_id = $1::uuid AND token_hash = $2 AND user_id = $3::uuid`,
      [tx.scope.organizationId, hashToken(token), actor.userId],
      "undo_by_token",
    );
    if (!back) throw new AppError("not_found", "Nothing to take back");
    return { back, row: await loadAppointment(tx, actor, back.appointment_id) };
  });
}

function undoneChange(row: AppointmentRow, back: UndoRow): Change<"appointment.undone"> {
  const before = back.before as TimeColumns & typeof back.before;
  const startsAt = new Date(before.starts_at);
  return {
    type: "appointment.undone",
    ...ofAppointment(
      { ...before, id: row.id, version: row.version + 1, starts_at: startsAt },
      {
        undoneVersion: back.version_after,
        ...(before.provider_id !== row.provider_id && { previousProviderId: row.provider_id }),
      },
    ),
    diff: {
      before: {
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        providerId: row.provider_id,
        status: row.status,
      },
      after: {
        startsAt,
        endsAt: new Date(before.ends_at),
        providerId: before.provider_id,
        status: before.status,
      },
    },
  };
}

function lostBy({ database, scope, now }: TenantWork, { appointment_id, before }: UndoRow): LostPlace {
  const { provider_id, site_id, room_id, starts_at, ends_at } = before as TimeColumns;
  return {
    database,
    scope,
    providerId: provider_id,
    siteId: site_id,
    serviceId: null,
    roomId: room_id,
    startsAt: Date.parse(starts_at) as Instant,
    endsAt: Date.parse(ends_at) as Instant,
    ignore: appointment_id,
    now,
  };
}
