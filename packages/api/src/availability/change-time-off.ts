import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import {
  type AppointmentRow,
  appointmentSelect,
  toAppointmentView,
} from "../appointments/appointment-row.ts";
import type { AppointmentView } from "../appointments/schema.ts";
import { notFound } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { loadTarget } from "./load-target.ts";
import { recordAvailabilityChange } from "./record-availability-change.ts";
import type { addTimeOffInput, TimeOffView } from "./schema.ts";

interface TimeOffRow {
  id: string;
  providerId: string | null;
  siteId: string | null;
  roomId: string | null;
  startsAt: Date;
  endsAt: Date;
  reason: string | null;
}
const timeOffColumns = `id, provider_id AS "providerId", site_id AS "siteId", room_id AS "roomId", starts_at AS "startsAt",
  ends_at AS "endsAt", reason`;

/**
 * Takes a time out of bookings: leave, a blocked hour, a room under repair. Appointments already there stay, and are
 * answered (at most 200) so that somebody moves them. Errors: `forbidden`, `not_found`.
 */
export function addTimeOff(
  ctx: TenantContext,
  { providerId, siteId, roomId, startsAt, endsAt, reason }: z.output<typeof addTimeOffInput>,
): Promise<{ timeOff: TimeOffView; collisions: AppointmentView[] }> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    await loadTarget(tx, ctx.member, { providerId, siteId, roomId });
    const rows = await tx.query<TimeOffRow>(
      `INSERT INTO time_off (organization_id, id, provider_id, site_id, room_id, starts_at, ends_at, reason, created_by_id, updated_at)
       VALUES ($1::uuid, uuid_v7(), $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::timestamptz, $7, $8::uuid, now())
       RETURNING ${timeOffColumns}`,
      [
        tx.scope.organizationId,
        providerId ?? null,
        siteId ?? null,
        roomId ?? null,
        startsAt,
        endsAt,
        reason || null,
        ctx.member.userId,
      ],
    );
    const row = rows[0];
    if (!row) throw new Error("The absence just inserted is gone");
    const collisions = await collidingAppointments(tx, ctx.member.siteIds, row);
    await recordAvailabilityChange(tx, ctx, {
      providerId,
      siteId,
      roomId,
      diff: { timeOff: { id: row.id, startsAt, endsAt } },
    });
    return { timeOff: toTimeOffView(row), collisions };
  });
}

/** Gives the time back. Errors: `forbidden`, `not_found`. */
export function removeTimeOff(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const rows = await tx.query<TimeOffRow>(
      `DELETE FROM time_off WHERE organization_id = $1::uuid AND id = $2::uuid RETURNING ${timeOffColumns}`,
      [tx.scope.organizationId, id],
    );
    const gone = rows[0];
    if (!gone) throw notFound("time off");
    await loadTarget(tx, ctx.member, gone);
    const { providerId, siteId, roomId, startsAt, endsAt } = gone;
    await recordAvailabilityChange(tx, ctx, {
      providerId,
      siteId,
      roomId,
      diff: { timeOffRemoved: { id, startsAt, endsAt } },
    });
  });
}

async function collidingAppointments(
  tx: TenantSql,
  siteIds: string[],
  row: TimeOffRow,
): Promise<AppointmentView[]> {
  const column = row.providerId ? "provider_id" : row.roomId ? "room_id" : "site_id";
  const rows = await tx.query<AppointmentRow>(
    `${appointmentSelect} WHERE a.organization_id = $1::uuid AND a.${column} = $2::uuid
       AND a.starts_at < $4::timestamptz AND a.starts_at > $3::timestamptz - interval '48 hours' AND a.ends_at > $3::timestamptz
       AND a.status IN ('pending', 'confirmed', 'in_progress') AND ($5::uuid[] IS NULL OR a.site_id = ANY ($5::uuid[]))
     ORDER BY a.starts_at, a.id LIMIT 200`,
    [
      tx.scope.organizationId,
      row.providerId ?? row.roomId ?? row.siteId,
      row.startsAt,
      row.endsAt,
      siteIds.length > 0 ? siteIds : null,
    ],
  );
  return rows.map(toAppointmentView);
}

function toTimeOffView(row: TimeOffRow): TimeOffView {
  return { ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() };
}
