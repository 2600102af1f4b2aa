import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { toAppointmentView } from "./appointment-row.ts";
import { ofAppointment } from "./events.ts";
import { mayActOn } from "./policy.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import type { byIdInput } from "./schema.ts";

/**
 * Frees a time that a visitor holds, or that is on offer to somebody who waits: all that staff may do to one. Whoever
 * held it and confirms afterwards takes the time anew if nobody has; else they are told what else is free.
 *
 * Errors: `version_conflict` (with the current row) once it has become a booking, `forbidden`, `not_found`.
 */
export function releaseHold(
  work: TenantWork,
  { id }: z.output<typeof byIdInput>,
): Promise<{ isReleased: true }> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadAppointment(tx, work.actor, id);
    const row = await findAppointment(tx, id, { lock: true });
    if (!row) throw notFound("appointment");
    if (!mayActOn(work.actor, "change", { providerId: row.provider_id, siteId: row.site_id }))
      throw new AppError("forbidden", "Your role cannot change this appointment");
    if (row.status !== "held")
      throw new AppError("version_conflict", "The visitor has just confirmed", {
        current: toAppointmentView(row),
      });
    await tx.query(
      "DELETE FROM appointment WHERE organization_id = $1::uuid AND id = $2::uuid",
      [tx.scope.organizationId, id],
      "release_hold",
    );
    const { payload, ...end } = ofAppointment({ ...row, version: row.version + 1 });
    await recordChange(tx, work, {
      type: "appointment.released",
      ...end,
      payload: { ...payload, reason: "by_staff" },
      diff: { before: { status: "held", startsAt: row.starts_at }, after: null },
    });
    return { isReleased: true };
  });
}
