import type { TenantSql } from "@creneau/db/in-tenant";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { ofAppointment } from "../appointments/events.ts";
import { type ChangeAuthor, recordChange } from "../record-change.ts";

/**
 * Lets those be told whom a visitor invited to an appointment, whose row the caller has locked. Answers the version that
 * this gives it; null when nobody was held back.
 */
export async function releaseHeldBack(
  tx: TenantSql,
  author: ChangeAuthor,
  { row, now }: { row: AppointmentRow; now: number },
): Promise<{ version: number; count: number } | null> {
  const released = await tx.query<{ id: string }>(
    `UPDATE attendee SET is_held_back = false, updated_at = $3::timestamptz
     WHERE organization_id = $1::uuid AND appointment_id = $2::uuid AND is_held_back RETURNING id`,
    [tx.scope.organizationId, row.id, new Date(now)],
    "release_attendees",
  );
  if (released.length === 0) return null;
  const version = row.version + 1;
  await tx.query(
    "UPDATE appointment SET version = $3, updated_at = $4::timestamptz WHERE organization_id = $1::uuid AND id = $2::uuid",
    [tx.scope.organizationId, row.id, version, new Date(now)],
  );
  await recordChange(tx, author, {
    type: "appointment.updated",
    ...ofAppointment({ ...row, version }, { notify: true }),
    diff: { attendeesReleased: released.map(({ id }) => id) },
  });
  return { version, count: released.length };
}
