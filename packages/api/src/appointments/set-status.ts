import { inTenantSql } from "@creneau/db/in-tenant";
import { decideStatus } from "@creneau/domain/appointments/decide-status";
import type { Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type AppointmentRow, toAppointmentView } from "./appointment-row.ts";
import { ofAppointment } from "./events.ts";
import { isPlaceTaken, slotTaken } from "./explain-conflict.ts";
import { lockAgendas } from "./move-appointment.ts";
import { mayActOn } from "./policy.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import { refusalError } from "./refusal.ts";
import type { AppointmentView, setStatusInput } from "./schema.ts";
import { assertVersion } from "./version.ts";

/**
 * One click of the day: confirmed, in progress, completed, no-show, and the corrections of a mistaken click.
 * Cancelling has its own procedure, because it asks why, tells people and can be taken back.
 *
 * Errors: `invalid_transition` (with the reason), `slot_taken` when a correction needs time that has gone,
 * `version_conflict`, `forbidden`, `not_found`.
 */
export async function setStatus(
  work: TenantWork,
  input: z.output<typeof setStatusInput>,
): Promise<{ appointment: AppointmentView }> {
  if (input.status === "cancelled") throw new AppError("invalid_input", "Use appointments.cancel to cancel");
  const now = work.now;
  let current: AppointmentRow | undefined;
  try {
    return await inTenantSql(work.database, work.scope, async (tx) => {
      const seen = await loadAppointment(tx, work.actor, input.id);
      await lockAgendas(tx, [seen.provider_id, seen.room_id]);
      const row = await findAppointment(tx, input.id, { lock: true });
      if (!row) throw notFound("appointment");
      current = row;
      const target = { providerId: row.provider_id, siteId: row.site_id };
      if (!mayActOn(work.actor, "set_status", target))
        throw new AppError("forbidden", "Your role cannot change this appointment");
      assertVersion(row, input.version);
      if (row.status === input.status) return { appointment: toAppointmentView(row) };
      const decision = decideStatus({
        appointment: {
          status: row.status,
          version: row.version,
          startsAt: row.starts_at.getTime() as Instant,
        },
        version: input.version,
        to: input.status,
        now,
      });
      if (!decision.ok) {
        const refused = refusalError(decision);
        throw decision.code === "invalid_input"
          ? new AppError("invalid_transition", "This status cannot follow the present one", refused.details)
          : refused;
      }
      await tx.query(
        `UPDATE appointment SET status = $3::appointment_status, version = version + 1, updated_at = $4
         WHERE organization_id = $1::uuid AND id = $2::uuid`,
        [tx.scope.organizationId, row.id, input.status, new Date(now)],
        "set_appointment_status",
      );
      const changed = await findAppointment(tx, row.id);
      if (!changed) throw notFound("appointment");
      const isApproval = row.status === "pending" && input.status === "confirmed";
      if (isApproval) {
        // Staff answer for the visitor: whom that one invited may be told.
        await tx.query(
          `UPDATE attendee SET is_held_back = false, updated_at = $3::timestamptz
           WHERE organization_id = $1::uuid AND appointment_id = $2::uuid AND is_held_back`,
          [tx.scope.organizationId, row.id, new Date(now)],
          "release_attendees_of_approved",
        );
      }
      await recordChange(tx, work, {
        type: "appointment.status_changed",
        ...ofAppointment(changed, { notify: isApproval, status: input.status }),
        diff: { before: { status: row.status }, after: { status: input.status } },
      });
      return { appointment: toAppointmentView(changed) };
    });
  } catch (error) {
    if (!isPlaceTaken(error) || !current) throw error;
    throw await slotTaken({
      database: work.database,
      scope: work.scope,
      providerId: current.provider_id,
      siteId: current.site_id,
      serviceId: current.service_id,
      roomId: current.room_id,
      startsAt: current.starts_at.getTime() as Instant,
      endsAt: current.ends_at.getTime() as Instant,
      ignore: current.id,
      now,
    });
  }
}
