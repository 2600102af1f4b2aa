import { inTenantSql } from "@creneau/db/in-tenant";
import { decideCancel } from "@creneau/domain/appointments/cancel-policy";
import type { Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { userIdOf } from "../actor.ts";
import { notFound } from "../errors.ts";
import { organizationSettings } from "../identity/organization-settings.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { toAppointmentView } from "./appointment-row.ts";
import { ofAppointment } from "./events.ts";
import { assertMayChange, type Undoable } from "./move-appointment.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import { refusalError } from "./refusal.ts";
import type { cancelInput } from "./schema.ts";
import { openUndo } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

/** Cancels for staff. Cancelling what is cancelled succeeds and changes nothing. */
export function cancelAppointment(work: TenantWork, input: z.output<typeof cancelInput>): Promise<Undoable> {
  const now = work.now;
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadAppointment(tx, work.actor, input.id);
    const row = await findAppointment(tx, input.id, { lock: true });
    if (!row) throw notFound("appointment");
    assertMayChange(work, row);
    if (row.status !== "cancelled") assertVersion(row, input.version);
    const decision = decideCancel({
      appointment: { status: row.status, startsAt: row.starts_at.getTime() as Instant, version: row.version },
      version: input.version,
      authority: "staff",
      cutOffMinutes: 0,
      now,
    });
    if (!decision.ok) throw refusalError(decision);
    if (decision.isAlready) return { appointment: toAppointmentView(row), undo: null, warnings: [] };
    await tx.query(
      `UPDATE appointment SET status = 'cancelled', cancelled_at = $3, cancelled_by_id = $4::uuid,
         cancel_reason = $5, version = version + 1, updated_at = $3
       WHERE organization_id = $1::uuid AND id = $2::uuid`,
      [tx.scope.organizationId, row.id, new Date(now), userIdOf(work.actor), input.reason || null],
      "cancel_appointment",
    );
    const cancelled = await findAppointment(tx, row.id);
    if (!cancelled) throw notFound("appointment");
    const { undoSeconds } = await organizationSettings(tx);
    const undo = await openUndo(tx, {
      action: "cancel",
      before: row,
      versionAfter: cancelled.version,
      actor: work.actor,
      now,
      undoSeconds,
    });
    await recordChange(tx, work, {
      type: "appointment.cancelled",
      ...ofAppointment(cancelled, { notify: input.notify, ...(undo && { settlesAt: undo.until }) }),
      diff: { before: { status: row.status }, after: { status: "cancelled", reason: input.reason ?? null } },
    });
    return { appointment: toAppointmentView(cancelled), undo, warnings: [] };
  });
}
