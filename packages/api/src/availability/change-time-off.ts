import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf, userIdOf } from "../actor.ts";
import type { AppointmentView } from "../appointments/schema.ts";
import { notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { appointmentsDuring } from "./colliding-appointments.ts";
import { availabilityChange } from "./events.ts";
import { loadTarget } from "./load-target.ts";
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
 * answered (at most 200) so that somebody moves them. With `replacesId` it takes the place of another absence. Errors: `forbidden`, `not_found`.
 */
export function addTimeOff(
  work: TenantWork,
  { providerId, siteId, roomId, startsAt, endsAt, reason, replacesId }: z.output<typeof addTimeOffInput>,
): Promise<{ timeOff: TimeOffView; collisions: AppointmentView[] }> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadTarget(tx, work.actor, { providerId, siteId, roomId });
    if (replacesId) await deleteTimeOff(tx, work, replacesId);
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
        userIdOf(work.actor),
      ],
    );
    const row = rows[0];
    if (!row) throw new Error("The absence just inserted is gone");
    const collisions = await appointmentsDuring(tx, sitesOf(work.actor), row);
    await recordChange(
      tx,
      work,
      availabilityChange({
        providerId,
        siteId,
        roomId,
        diff: { timeOff: { id: row.id, startsAt, endsAt } },
      }),
    );
    return { timeOff: toTimeOffView(row), collisions };
  });
}

/** Gives the time back. Errors: `forbidden`, `not_found`. */
export function removeTimeOff(work: TenantWork, { id }: { id: string }): Promise<void> {
  return inTenantSql(work.database, work.scope, (tx) => deleteTimeOff(tx, work, id));
}

async function deleteTimeOff(tx: TenantSql, work: TenantWork, id: string): Promise<void> {
  const rows = await tx.query<TimeOffRow>(
    `DELETE FROM time_off WHERE organization_id = $1::uuid AND id = $2::uuid RETURNING ${timeOffColumns}`,
    [tx.scope.organizationId, id],
  );
  const gone = rows[0];
  if (!gone) throw notFound("time off");
  await loadTarget(tx, work.actor, gone);
  const { providerId, siteId, roomId, startsAt, endsAt } = gone;
  await recordChange(
    tx,
    work,
    availabilityChange({
      providerId,
      siteId,
      roomId,
      diff: { timeOffRemoved: { id, startsAt, endsAt } },
    }),
  );
}

function toTimeOffView(row: TimeOffRow): TimeOffView {
  return { ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() };
}
