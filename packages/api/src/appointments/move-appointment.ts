import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { decideMove, type MoveDecision } from "@creneau/domain/appointments/decide-move";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { loadPlacement, type Placement } from "../availability/placement-facts.ts";
import { AppError } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { type AppointmentRow, toAppointmentView } from "./appointment-row.ts";
import { appointmentEvents } from "./events.ts";
import { isPlaceTaken, PlaceTaken, slotTaken } from "./explain-conflict.ts";
import { notifyOf } from "./jobs.ts";
import { placementPermission } from "./placement-permission.ts";
import { mayActOn } from "./policy.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import { recordChange } from "./record-change.ts";
import { reasonView, refusalError } from "./refusal.ts";
import type { AppointmentView, moveInput } from "./schema.ts";
import { openUndo, type UndoHandle } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

type MoveInput = z.output<typeof moveInput>;

export interface Undoable {
  appointment: AppointmentView;
  undo: UndoHandle | null;
  warnings: { code: string }[];
}

/**
 * Moves an appointment in time, to another provider or room, or resizes it. The agendas it leaves and enters are
 * locked first, in one order for everybody, so that crossing moves queue instead of deadlocking.
 *
 * Errors: `version_conflict` (with the current row), `slot_taken` (with reasons and the nearest free starts),
 * `outside_availability`, `forbidden`, `not_found`, `invalid_input`.
 */
export async function moveAppointment(ctx: TenantContext, input: MoveInput): Promise<Undoable> {
  const startsAt = Date.parse(input.startsAt) as Instant;
  const now = ctx.now() as Instant;
  let lost:
    | { row: AppointmentRow; siteId: string; providerId: string; roomId: string | null; endsAt: Instant }
    | undefined;
  try {
    return await inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
      const seen = await loadAppointment(tx, ctx.member, input.id);
      await lockAgendas(tx, [seen.provider_id, seen.room_id, input.providerId, input.roomId]);
      const row = await findAppointment(tx, input.id, { lock: true });
      if (!row) throw new AppError("not_found", "No such appointment");
      assertMayChange(ctx, row);
      assertVersion(row, input.version);
      const providerId = input.providerId ?? row.provider_id;
      const placement = await loadPlacement(tx, {
        providerId,
        siteId: providerId === row.provider_id ? row.site_id : await siteFor(tx, providerId, row.site_id),
        serviceId: row.service_id,
        from: startsAt,
        to: (startsAt + DAY_MS) as Instant,
        now,
      });
      const target = { providerId, siteId: placement.site.id };
      if (!mayActOn(ctx.member, "change", target))
        throw new AppError("forbidden", "Your role cannot book for this provider");
      const endsAt = (
        input.endsAt ? Date.parse(input.endsAt) : startsAt + (row.ends_at.getTime() - row.starts_at.getTime())
      ) as Instant;
      lost = { row, siteId: placement.site.id, providerId, roomId: input.roomId ?? row.room_id, endsAt };
      const decision = decideMove({
        appointment: movable(row),
        request: {
          ...input,
          startsAt,
          endsAt: input.endsAt ? endsAt : null,
          ...keepRoom(input, row, placement),
        },
        facts: placement.facts,
        permission: placementPermission(ctx.member, placement, input.force),
        cutOffMinutes: placement.organization.cancelCutoffMinutes,
      });
      if (!decision.ok) {
        if (decision.code === "slot_taken") throw new PlaceTaken();
        throw refusalError(decision);
      }
      if (!Object.values(decision.changes).some(Boolean)) {
        return { appointment: toAppointmentView(row), undo: null, warnings: [] };
      }
      lost.roomId = decision.write.roomId;
      return writeMove(tx, ctx, { input, row, placement, decision, now });
    });
  } catch (error) {
    if (!isPlaceTaken(error) || !lost) throw error;
    throw await slotTakenBy(ctx, lost, startsAt, now);
  }
}

/** Holds off other moves, and creations, on these agendas (providers and rooms) until the commit. */
export async function lockAgendas(tx: TenantSql, agendas: (string | null | undefined)[]): Promise<void> {
  await tx.query(
    "SELECT lock_agendas($1::uuid[])::text",
    [agendas.filter((agenda) => agenda != null)],
    "lock_agendas",
  );
}

export function assertMayChange(ctx: TenantContext, row: AppointmentRow): void {
  if (mayActOn(ctx.member, "change", { providerId: row.provider_id, siteId: row.site_id })) return;
  throw new AppError("forbidden", "Your role cannot change this appointment");
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

/** A room stays behind when the appointment leaves its site, unless the service needs one there. */
function keepRoom(input: MoveInput, row: AppointmentRow, placement: Placement): { roomId?: string | null } {
  if (input.roomId !== undefined) return { roomId: input.roomId };
  return row.room_id && placement.site.id !== row.site_id && !placement.facts.needsRoom
    ? { roomId: null }
    : {};
}

/** The site a provider would receive at: the appointment's own when they work there, else their first. */
async function siteFor(tx: TenantSql, providerId: string, siteId: string): Promise<string | null> {
  const rows = await tx.query<{ site_id: string }>(
    "SELECT site_id FROM provider_site WHERE organization_id = $1::uuid AND provider_id = $2::uuid AND site_id = $3::uuid",
    [tx.scope.organizationId, providerId, siteId],
    "provider_at_site",
  );
  return rows[0]?.site_id ?? null;
}

async function writeMove(
  tx: TenantSql,
  ctx: TenantContext,
  {
    input,
    row,
    placement,
    decision,
    now,
  }: {
    input: MoveInput;
    row: AppointmentRow;
    placement: Placement;
    decision: MoveDecision & { ok: true };
    now: Instant;
  },
): Promise<Undoable> {
  const { write, warnings } = decision;
  await tx.query(
    "SELECT clear_expired_holds($1::uuid, $2::uuid, $3::timestamptz, $4::timestamptz, $5::timestamptz)::text",
    [write.providerId, write.roomId, new Date(write.busyFrom), new Date(write.busyTo), new Date(now)],
    "clear_expired_holds",
  );
  await tx.query(
    `UPDATE appointment SET starts_at = $3, ends_at = $4, busy_from = $5, busy_to = $6, provider_id = $7::uuid, room_id = $8::uuid,
       lane = $9, site_id = $10::uuid, version = version + 1, updated_at = $11
     WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [
      tx.scope.organizationId,
      row.id,
      new Date(write.startsAt),
      new Date(write.endsAt),
      new Date(write.busyFrom),
      new Date(write.busyTo),
      write.providerId,
      write.roomId,
      write.lane,
      placement.site.id,
      new Date(now),
    ],
    "move_appointment",
  );
  const moved = await findAppointment(tx, row.id);
  if (!moved) throw new Error("The appointment just moved is gone");
  const undo = await openUndo(tx, {
    action: "move",
    before: row,
    versionAfter: moved.version,
    userId: ctx.member.userId,
    now,
    undoSeconds: placement.organization.undoSeconds,
  });
  await recordChange(tx, {
    type: appointmentEvents.moved,
    appointment: {
      id: row.id,
      version: moved.version,
      providerId: moved.provider_id,
      siteId: moved.site_id,
      roomId: moved.room_id,
      startsAt: moved.starts_at,
    },
    ...(moved.provider_id !== row.provider_id && { previousProviderId: row.provider_id }),
    actorUserId: ctx.member.userId,
    address: ctx.address,
    diff: {
      before: {
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        providerId: row.provider_id,
        roomId: row.room_id,
      },
      after: {
        startsAt: moved.starts_at,
        endsAt: moved.ends_at,
        providerId: moved.provider_id,
        roomId: moved.room_id,
      },
      ...(input.force && { forced: warnings.map(reasonView) }),
    },
    jobs: input.notify ? [notifyOf(row.id, "moved", moved.version, new Date(undo.until))] : [],
  });
  return { appointment: toAppointmentView(moved), undo, warnings: warnings.map(reasonView) };
}

function slotTakenBy(
  ctx: TenantContext,
  lost: { row: AppointmentRow; siteId: string; providerId: string; roomId: string | null; endsAt: Instant },
  startsAt: Instant,
  now: Instant,
) {
  const { row, ...place } = lost;
  return slotTaken({
    database: ctx.database,
    scope: ctx.member.scope,
    serviceId: row.service_id,
    ignore: row.id,
    startsAt,
    now,
    ...place,
  });
}
