import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { decideCancel } from "@creneau/domain/appointments/cancel-policy";
import type { PlacementPermission } from "@creneau/domain/appointments/placement";
import type { Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { ofAppointment } from "../appointments/events.ts";
import { type LostPlace, slotTaken } from "../appointments/explain-conflict.ts";
import { moveBy } from "../appointments/move-appointment.ts";
import { findAppointment } from "../appointments/queries.ts";
import { AppError, notFound } from "../errors.ts";
import { organizationSettings } from "../identity/organization-settings.ts";
import { recordChange } from "../record-change.ts";
import { agendaKey, siteKey } from "./change-keys.ts";
import { readManaged } from "./manage-view.ts";
import type { BookedWork } from "./open-link.ts";
import type { cancelInput, ManageView, rescheduleInput } from "./schema.ts";

/**
 * Moves a client's booking with the same provider. The old time is kept until the new one is committed: a refusal
 * leaves everything as it was. Errors: `slot_taken` (with the nearest free starts), `outside_availability`,
 * `too_late_to_cancel`, `invalid_transition`, `not_found`.
 */
export async function rescheduleBooking(
  work: BookedWork,
  input: z.output<typeof rescheduleInput>,
): Promise<ManageView> {
  const startsAt = Date.parse(input.startsAt) as Instant;
  let seen: AppointmentRow | undefined;
  try {
    const wish = { id: work.appointmentId, startsAt, force: false, notify: true };
    const { row } = await moveBy(work, wish, {
      assertMay(found) {
        assertLinked(work, found);
        seen = found;
      },
      isDone: (found) => found.starts_at.getTime() === startsAt && isOpen(found),
      permission: () => clientPermission,
      explain: async (refusal, lost, facts) => {
        const code = refusal?.code ?? "slot_taken";
        if (code !== "slot_taken" && code !== "outside_availability") return clientRefusal(code);
        return nearestOf(await slotTaken(lost, facts), { code, lost });
      },
    });
    const timezone = input.timezone;
    return await inTenantSql(work.database, work.scope, async (tx) => {
      if (timezone) await keepClientZone(tx, row.client_id, timezone);
      return view(tx, work);
    });
  } finally {
    if (seen) work.cache.outdate(agendaKey(seen.provider_id), siteKey(seen.site_id));
  }
}

const clientPermission: PlacementPermission = {
  authority: "client",
  force: false,
  mayForce: false,
  lanes: 0,
  externalConflicts: "refuse",
};

/** A client's zone is that of their last visit. */
async function keepClientZone(tx: TenantSql, clientId: string | null, timezone: string): Promise<void> {
  if (clientId === null) return;
  await tx.query(
    "UPDATE client SET timezone = $3 WHERE organization_id = $1::uuid AND id = $2::uuid AND timezone <> $3",
    [tx.scope.organizationId, clientId, timezone],
    "keep_client_zone",
  );
}

/** Cancels a client's booking. Cancelling twice succeeds. Errors: `too_late_to_cancel`, `invalid_transition`, `not_found`. */
export async function cancelBooking(
  work: BookedWork,
  input: z.output<typeof cancelInput>,
): Promise<ManageView> {
  const now = work.now;
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await findAppointment(tx, work.appointmentId, { lock: true });
    assertLinked(work, row);
    const { cancelCutoffMinutes } = await organizationSettings(tx);
    const decision = decideCancel({
      appointment: { status: row.status, startsAt: row.starts_at.getTime() as Instant, version: row.version },
      authority: "client",
      cutOffMinutes: cancelCutoffMinutes,
      now,
    });
    if (!decision.ok) throw clientRefusal(decision.code);
    if (!decision.isAlready) {
      await tx.query(
        `UPDATE appointment SET status = 'cancelled', cancelled_at = $3, cancel_reason = $4, version = version + 1, updated_at = $3
         WHERE organization_id = $1::uuid AND id = $2::uuid`,
        [tx.scope.organizationId, row.id, new Date(now), input.reason || null],
        "cancel_booking",
      );
      const author = { ...work, actor: { ...work.actor, clientId: row.client_id } };
      await recordChange(tx, author, {
        type: "appointment.cancelled",
        // A client has no undo: those concerned are told at once.
        ...ofAppointment({ ...row, version: row.version + 1 }, { notify: true }),
        diff: { before: { status: row.status }, after: { status: "cancelled" } },
      });
    }
    work.cache.outdate(agendaKey(row.provider_id), siteKey(row.site_id));
    return view(tx, work);
  });
}

/** Refuses an appointment that the link does not open, as one that there is none of. */
function assertLinked({ clientId }: BookedWork, row: AppointmentRow | null): asserts row is AppointmentRow {
  if (!row || row.status === "held" || (clientId !== null && row.client_id !== clientId))
    throw notFound("link");
}

async function view(tx: TenantSql, { appointmentId, clientId, now }: BookedWork): Promise<ManageView> {
  const found = await readManaged(tx, { appointmentId, clientId, now });
  if (!found) throw notFound("link");
  return found;
}

function isOpen({ status }: AppointmentRow): boolean {
  return status === "pending" || status === "confirmed";
}

/** Reasons name what is in the way; a client learns only that something is. */
function clientRefusal(code: string): AppError {
  if (code === "too_late_to_cancel")
    return new AppError("too_late_to_cancel", "Too late to change this appointment");
  return new AppError("invalid_transition", "This appointment can no longer be changed");
}

/** The nearest free starts, without what stands in the way. */
function nearestOf(
  { details }: AppError,
  { code, lost }: { code: "slot_taken" | "outside_availability"; lost: LostPlace },
): AppError {
  const length = lost.endsAt - lost.startsAt;
  const alternatives = (details?.alternatives ?? []) as { startsAt: string }[];
  return new AppError(code, "This time cannot be booked", {
    alternatives: alternatives.map(({ startsAt }) => ({
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + length).toISOString(),
    })),
  });
}
