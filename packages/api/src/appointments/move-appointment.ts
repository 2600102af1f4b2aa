import { type TenantSql, tenantCall } from "@creneau/db/in-tenant";
import { decideMove, type MoveDecision } from "@creneau/domain/appointments/decide-move";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import type { PlacementRow } from "../placement/placement-row.ts";
import { type Placement, placementOf } from "../placement/read-placement.ts";
import { changeTrace } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import {
  type AppointmentJson,
  type AppointmentRow,
  rowFromJson,
  toAppointmentView,
} from "./appointment-row.ts";
import { countDay } from "./count-day.ts";
import { ofAppointment } from "./events.ts";
import { isPlaceTaken, type LostPlace, slotTaken } from "./explain-conflict.ts";
import { placementPermission } from "./placement-permission.ts";
import { assertNotHeld, mayActOn } from "./policy.ts";
import { reasonView, refusalError } from "./refusal.ts";
import type { AppointmentView, moveInput } from "./schema.ts";
import { newUndo, type UndoHandle } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

type MoveInput = z.output<typeof moveInput>;

export interface Undoable {
  appointment: AppointmentView;
  undo: UndoHandle | null;
  warnings: { code: string }[];
}

interface MoveAnswer {
  outcome: "changed" | "outdated" | "stale" | "gone";
  row?: AppointmentJson;
}

interface Proposal {
  row: AppointmentRow;
  placement: Placement;
  decision: MoveDecision & { ok: true };
  now: Instant;
  lost: LostPlace;
}

/** More tries than any agenda changes between a decision and its write. */
const attempts = 4;

/**
 * Moves an appointment in time, to another provider or room, or resizes it: decides on facts just read, then writes in
 * one call, which locks the agendas it leaves and enters in one order for everybody, so that crossing moves queue instead
 * of deadlocking. What has changed between the two is decided anew.
 *
 * Errors: `version_conflict` (with the current row), `slot_taken` (with reasons and the nearest free starts),
 * `outside_availability`, `forbidden`, `not_found`, `invalid_input`.
 */
export async function moveAppointment(work: TenantWork, input: MoveInput): Promise<Undoable> {
  for (let attempt = 1; ; attempt++) {
    const proposal = await decide(work, input);
    if ("done" in proposal) return proposal.done;
    try {
      const moved = await writeMove(work, input, proposal);
      if (moved) return moved;
    } catch (error) {
      if (!isPlaceTaken(error)) throw error;
    }
    if (attempt >= attempts) throw await slotTaken(proposal.lost);
  }
}

/** A move decided on, or what is answered when there is nothing to write. */
async function decide(work: TenantWork, input: MoveInput): Promise<Proposal | { done: Undoable }> {
  const { database, scope, actor } = work;
  const startsAt = Date.parse(input.startsAt) as Instant;
  const now = work.now;
  const read = await tenantCall<{ row: AppointmentJson; facts: PlacementRow } | null>(
    database,
    scope,
    "move_facts",
    [
      input.id,
      input.providerId ?? null,
      new Date(startsAt - DAY_MS),
      new Date(startsAt + 2 * DAY_MS),
      new Date(now),
    ],
  );
  const row = read && rowFromJson(read.row);
  if (!row || !mayActOn(actor, "read", { providerId: row.provider_id, siteId: row.site_id }))
    throw notFound("appointment");
  assertMayChange(work, row);
  assertVersion(row, input.version);
  const providerId = input.providerId ?? row.provider_id;
  const placement = placementOf(read.facts, { serviceId: row.service_id, now });
  if (!mayActOn(actor, "change", { providerId, siteId: placement.site.id }))
    throw new AppError("forbidden", "Your role cannot book for this provider");
  const endsAt = (
    input.endsAt ? Date.parse(input.endsAt) : startsAt + (row.ends_at.getTime() - row.starts_at.getTime())
  ) as Instant;
  const lost = {
    database,
    scope,
    providerId,
    siteId: placement.site.id,
    serviceId: row.service_id,
    roomId: input.roomId ?? row.room_id,
    startsAt,
    endsAt,
    ignore: row.id,
    now,
  };
  const decision = decideMove({
    appointment: movable(row),
    request: {
      ...input,
      startsAt,
      endsAt: input.endsAt ? endsAt : null,
      ...keepRoom(input, row, placement),
    },
    facts: placement.facts,
    permission: placementPermission(actor, placement, input.force),
    cutOffMinutes: placement.organization.cancelCutoffMinutes,
  });
  if (!decision.ok)
    throw decision.code === "slot_taken" ? await slotTaken(lost, placement) : refusalError(decision);
  if (!Object.values(decision.changes).some(Boolean)) {
    return { done: { appointment: toAppointmentView(row), undo: null, warnings: [] } };
  }
  return { row, placement, decision, now, lost: { ...lost, roomId: decision.write.roomId } };
}

/** Holds off other moves, and creations, on these agendas (providers and rooms) until the commit. */
export async function lockAgendas(tx: TenantSql, agendas: (string | null | undefined)[]): Promise<void> {
  await tx.query(
    "SELECT lock_agendas($1::uuid[])::text",
    [agendas.filter((agenda) => agenda != null)],
    "lock_agendas",
  );
}

/** Refuses who may not change this appointment at all, and everybody while a visitor holds it. */
export function assertMayChange(work: TenantWork, row: AppointmentRow): void {
  if (!mayActOn(work.actor, "change", { providerId: row.provider_id, siteId: row.site_id }))
    throw new AppError("forbidden", "Your role cannot change this appointment");
  assertNotHeld(row);
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

/** Null when what was decided on has changed meanwhile. */
async function writeMove(work: TenantWork, input: MoveInput, proposal: Proposal): Promise<Undoable | null> {
  const { database, scope, actor } = work;
  const { row, placement, decision, now } = proposal;
  const { write, warnings } = decision;
  const undo = newUndo({
    action: "move",
    before: row,
    actor,
    now,
    undoSeconds: placement.organization.undoSeconds,
  });
  const agendas = [row.provider_id, row.room_id, write.providerId, write.roomId];
  const isElsewhere = decision.changes.time || decision.changes.provider;
  const day = !input.force && isElsewhere ? countDay(placement.facts, write.startsAt) : null;
  const request = {
    id: row.id,
    version: row.version,
    agendas: agendas.filter((agenda) => agenda !== null),
    columns: {
      starts_at: new Date(write.startsAt),
      ends_at: new Date(write.endsAt),
      busy_from: new Date(write.busyFrom),
      busy_to: new Date(write.busyTo),
      provider_id: write.providerId,
      room_id: write.roomId,
      lane: write.lane,
      site_id: placement.site.id,
    },
    ...(day && { day }),
    ...(undo && { undo: undo.columns }),
    record: moveTrace(work, input, proposal, undo?.handle.until),
  };
  const answer = await tenantCall<MoveAnswer>(database, scope, "change_appointment", [
    JSON.stringify(request),
    new Date(now),
  ]);
  if (answer.outcome === "stale") return null;
  if (!answer.row) throw new AppError("not_found", "No such appointment");
  const after = rowFromJson(answer.row);
  if (answer.outcome === "outdated") {
    assertMayChange(work, after);
    assertVersion(after, input.version);
    return null;
  }
  database.doorbell.ring();
  return {
    appointment: toAppointmentView(after),
    undo: undo?.handle ?? null,
    warnings: warnings.map(reasonView),
  };
}

function moveTrace(
  work: TenantWork,
  input: MoveInput,
  { row, placement, decision }: Proposal,
  settlesAt: string | undefined,
) {
  const { write, warnings } = decision;
  const startsAt = new Date(write.startsAt);
  return changeTrace(work, {
    type: "appointment.moved",
    ...ofAppointment(
      {
        id: row.id,
        version: row.version + 1,
        provider_id: write.providerId,
        site_id: placement.site.id,
        room_id: write.roomId,
        starts_at: startsAt,
      },
      {
        notify: input.notify,
        ...(settlesAt && { settlesAt }),
        ...(write.providerId !== row.provider_id && { previousProviderId: row.provider_id }),
      },
    ),
    diff: {
      before: {
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        providerId: row.provider_id,
        roomId: row.room_id,
      },
      after: {
        startsAt,
        endsAt: new Date(write.endsAt),
        providerId: write.providerId,
        roomId: write.roomId,
      },
      ...(input.force && { forced: warnings.map(reasonView) }),
    },
  });
}
