import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { decideCancel } from "@creneau/domain/appointments/cancel-policy";
import { decideMove } from "@creneau/domain/appointments/decide-move";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { ofAppointment } from "../appointments/events.ts";
import { isPlaceTaken, PlaceTaken, slotTaken } from "../appointments/explain-conflict.ts";
import { lockAgendas } from "../appointments/move-appointment.ts";
import { findAppointment } from "../appointments/queries.ts";
import { AppError, notFound } from "../errors.ts";
import { organizationSettings } from "../identity/organization-settings.ts";
import { loadPlacement } from "../placement/read-placement.ts";
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
  const now = work.now;
  let lost: AppointmentRow | undefined;
  try {
    return await inTenantSql(work.database, work.scope, async (tx) => {
      const seen = await find(tx, work, false);
      const rooms = await tx.query<{ id: string }>(
        "SELECT id FROM room WHERE organization_id = $1::uuid AND site_id = $2::uuid",
        [tx.scope.organizationId, seen.site_id],
        "rooms_of_site",
      );
      await lockAgendas(tx, [seen.provider_id, ...(seen.room_id ? rooms.map(({ id }) => id) : [])]);
      const row = await find(tx, work, true);
      lost = row;
      if (row.starts_at.getTime() === startsAt && isOpen(row)) return view(tx, work, now);
      const placement = await loadPlacement(tx, {
        providerId: row.provider_id,
        siteId: row.site_id,
        serviceId: row.service_id,
        from: startsAt,
        to: (startsAt + DAY_MS) as Instant,
        now,
      });
      const decision = decideMove({
        appointment: movable(row),
        request: { version: row.version, startsAt },
        facts: placement.facts,
        permission: {
          authority: "client",
          force: false,
          mayForce: false,
          lanes: 0,
          externalConflicts: "refuse",
        },
        cutOffMinutes: placement.organization.cancelCutoffMinutes,
      });
      if (!decision.ok) {
        if (decision.code === "slot_taken" || decision.code === "outside_availability")
          throw new PlaceTaken(decision.code);
        throw clientRefusal(decision.code);
      }
      const { write } = decision;
      await tx.query(
        "SELECT clear_expired_holds($1::uuid, $2::uuid, $3::timestamptz, $4::timestamptz)::text",
        [write.providerId, write.roomId, new Date(write.busyFrom), new Date(write.busyTo)],
        "clear_expired_holds",
      );
      await tx.query(
        `UPDATE appointment SET starts_at = $3, ends_at = $4, busy_from = $5, busy_to = $6, room_id = $7::uuid, lane = $8,
           version = version + 1, updated_at = $9
         WHERE organization_id = $1::uuid AND id = $2::uuid`,
        [
          tx.scope.organizationId,
          row.id,
          new Date(write.startsAt),
          new Date(write.endsAt),
          new Date(write.busyFrom),
          new Date(write.busyTo),
          write.roomId,
          write.lane,
          new Date(now),
        ],
        "reschedule_booking",
      );
      await record(tx, work, row, {
        type: "appointment.moved",
        startsAt: new Date(startsAt),
        diff: {
          before: { startsAt: row.starts_at, endsAt: row.ends_at },
          after: { startsAt: new Date(write.startsAt), endsAt: new Date(write.endsAt) },
        },
      });
      if (input.timezone) await keepClientZone(tx, row.client_id, input.timezone);
      return view(tx, work, now);
    });
  } catch (error) {
    if (!isPlaceTaken(error) || !lost) throw error;
    throw await nearestFor(work, lost, {
      startsAt,
      now,
      code: error instanceof PlaceTaken ? error.message : "slot_taken",
    });
  } finally {
    if (lost) work.cache.outdate(agendaKey(lost.provider_id), siteKey(lost.site_id));
  }
}

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
    const row = await find(tx, work, true);
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
      await record(tx, work, row, {
        type: "appointment.cancelled",
        startsAt: row.starts_at,
        diff: { before: { status: row.status }, after: { status: "cancelled" } },
      });
    }
    work.cache.outdate(agendaKey(row.provider_id), siteKey(row.site_id));
    return view(tx, work, now);
  });
}

async function find(
  tx: TenantSql,
  { appointmentId, clientId }: BookedWork,
  lock: boolean,
): Promise<AppointmentRow> {
  const row = await findAppointment(tx, appointmentId, { lock });
  if (!row || row.status === "held" || (clientId !== null && row.client_id !== clientId))
    throw notFound("link");
  return row;
}

async function view(
  tx: TenantSql,
  { appointmentId, clientId }: BookedWork,
  now: number,
): Promise<ManageView> {
  const found = await readManaged(tx, { appointmentId, clientId, now });
  if (!found) throw notFound("link");
  return found;
}

function isOpen({ status }: AppointmentRow): boolean {
  return status === "pending" || status === "confirmed";
}

function movable(row: AppointmentRow) {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    startsAt: row.starts_at.getTime() as Instant,
    endsAt: row.ends_at.getTime() as Instant,
    busyFrom: row.busy_from.getTime() as Instant,
    busyTo: row.busy_to.getTime() as Instant,
    providerId: row.provider_id,
    roomId: row.room_id,
    lane: row.lane,
  };
}

interface ClientChange {
  type: "appointment.moved" | "appointment.cancelled";
  startsAt: Date;
  diff: Record<string, unknown>;
}

/** A client has no undo: those concerned are told at once. */
function record(
  tx: TenantSql,
  work: BookedWork,
  row: AppointmentRow,
  { type, startsAt, diff }: ClientChange,
): Promise<void> {
  const author = { actor: { ...work.actor, clientId: row.client_id }, address: work.address };
  return recordChange(tx, author, {
    type,
    ...ofAppointment({ ...row, version: row.version + 1, starts_at: startsAt }, { notify: true }),
    diff,
  });
}

/** Reasons name what is in the way; a client learns only that something is. */
function clientRefusal(code: string): AppError {
  if (code === "too_late_to_cancel")
    return new AppError("too_late_to_cancel", "Too late to change this appointment");
  return new AppError("invalid_transition", "This appointment can no longer be changed");
}

async function nearestFor(
  work: BookedWork,
  row: AppointmentRow,
  { startsAt, now, code }: { startsAt: Instant; now: Instant; code: string },
): Promise<AppError> {
  const length = row.ends_at.getTime() - row.starts_at.getTime();
  const { details } = await slotTaken({
    database: work.database,
    scope: work.scope,
    providerId: row.provider_id,
    siteId: row.site_id,
    serviceId: row.service_id,
    startsAt,
    endsAt: (startsAt + length) as Instant,
    roomId: row.room_id,
    ignore: row.id,
    now,
  });
  const alternatives = (details?.alternatives ?? []) as { startsAt: string }[];
  return new AppError(
    code === "outside_availability" ? "outside_availability" : "slot_taken",
    "This time cannot be booked",
    {
      alternatives: alternatives.map(({ startsAt: start }) => ({
        startsAt: start,
        endsAt: new Date(Date.parse(start) + length).toISOString(),
      })),
    },
  );
}
