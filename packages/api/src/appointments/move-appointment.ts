import { type TenantSql, tenantCall } from "@creneau/db/in-tenant";
import { decideMove, type MoveDecision } from "@creneau/domain/appointments/decide-move";
import type { DecisionReason, Refusal } from "@creneau/domain/appointments/decision";
import type { PlacementPermission } from "@creneau/domain/appointments/placement";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import type { PlacementRow } from "../placement/placement-row.ts";
import { type Placement, placementOf } from "../placement/read-placement.ts";
import type { TenantWork } from "../tenant-work.ts";
import {
  type AppointmentJson,
  type AppointmentRow,
  rowFromJson,
  toAppointmentView,
} from "./appointment-row.ts";
import { changeTime } from "./change-time.ts";
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

/** Where somebody wants an appointment to be. What is absent stays. */
export interface MoveWish {
  id: string;
  startsAt: Instant;
  /** Absent: the same length. */
  endsAt?: Instant | null;
  providerId?: string | undefined;
  roomId?: string | null | undefined;
  /** Past what may be forced. */
  force: boolean;
  notify: boolean;
}

/** What those who move differ in: staff, and a client by their link. */
export interface MoveRules {
  /** Throws for an appointment that is not there for whoever asks, that they may not change, or not any more. */
  assertMay(row: AppointmentRow): void;
  /** Throws for a place that they may not book. */
  assertMayEnter?(placement: Placement, providerId: string): void;
  /** Whether the appointment is as wished already, whatever else would stand against the move. */
  isDone?(row: AppointmentRow): boolean;
  permission(placement: Placement): PlacementPermission;
  /** What is said of a refusal; `seen`: the facts that it stands on, unless the constraint knew better. */
  explain(refusal: Refusal | null, lost: LostPlace, seen?: Placement): Promise<AppError>;
}

/** An appointment after its move; not moved at all when it was as wished already. */
export interface Moved {
  row: AppointmentRow;
  undo: UndoHandle | null;
  warnings: readonly DecisionReason[];
}

interface Proposal {
  row: AppointmentRow;
  placement: Placement;
  decision: MoveDecision & { ok: true };
  lost: LostPlace;
}

/** More tries than any agenda changes between a decision and its write. */
const attempts = 4;

/**
 * Moves an appointment in time, to another provider or room, or resizes it, for staff. Errors: `version_conflict` (with
 * the current row), `slot_taken` (with reasons and the nearest free starts), `outside_availability`, `forbidden`,
 * `not_found`, `invalid_input`.
 */
export async function moveAppointment(work: TenantWork, input: MoveInput): Promise<Undoable> {
  const { actor } = work;
  const wish = {
    ...input,
    startsAt: Date.parse(input.startsAt) as Instant,
    endsAt: input.endsAt ? (Date.parse(input.endsAt) as Instant) : null,
  };
  const { row, undo, warnings } = await moveBy(work, wish, {
    assertMay(seen) {
      if (!mayActOn(actor, "read", { providerId: seen.provider_id, siteId: seen.site_id }))
        throw notFound("appointment");
      assertMayChange(work, seen);
      assertVersion(seen, input.version);
    },
    assertMayEnter(placement, providerId) {
      if (!mayActOn(actor, "change", { providerId, siteId: placement.site.id }))
        throw new AppError("forbidden", "Your role cannot book for this provider");
    },
    permission: (placement) => placementPermission(actor, placement, input.force),
    explain: async (refusal, lost, seen) =>
      refusal && refusal.code !== "slot_taken" ? refusalError(refusal) : slotTaken(lost, seen),
  });
  return { appointment: toAppointmentView(row), undo, warnings: warnings.map(reasonView) };
}

/**
 * Moves an appointment by somebody's rules: decides on facts just read, then writes in one call, which locks the agendas
 * it leaves and enters in one order for everybody, so that crossing moves queue instead of deadlocking. What has changed
 * between the two is decided anew. Errors: `not_found`, and what the rules say.
 */
export async function moveBy(work: TenantWork, wish: MoveWish, rules: MoveRules): Promise<Moved> {
  for (let attempt = 1; ; attempt++) {
    const proposal = await decide(work, wish, rules);
    if ("done" in proposal) return { row: proposal.done, undo: null, warnings: [] };
    try {
      const moved = await writeMove(work, wish, proposal);
      if (moved) return moved;
    } catch (error) {
      if (!isPlaceTaken(error)) throw error;
    }
    if (attempt >= attempts) throw await rules.explain(null, proposal.lost);
  }
}

/** A move decided on, or the appointment that needs none. */
async function decide(
  { database, scope, now }: TenantWork,
  wish: MoveWish,
  rules: MoveRules,
): Promise<Proposal | { done: AppointmentRow }> {
  const { startsAt } = wish;
  const read = await tenantCall<{ row: AppointmentJson; facts: PlacementRow } | null>(
    database,
    scope,
    "move_facts",
    [
      wish.id,
      wish.providerId ?? null,
      new Date(startsAt - DAY_MS),
      new Date(startsAt + 2 * DAY_MS),
      new Date(now),
    ],
  );
  if (!read) throw notFound("appointment");
  const row = rowFromJson(read.row);
  rules.assertMay(row);
  if (rules.isDone?.(row)) return { done: row };
  const providerId = wish.providerId ?? row.provider_id;
  const placement = placementOf(read.facts, { serviceId: row.service_id, now });
  rules.assertMayEnter?.(placement, providerId);
  const lost = {
    database,
    scope,
    providerId,
    siteId: placement.site.id,
    serviceId: row.service_id,
    roomId: wish.roomId ?? row.room_id,
    startsAt,
    endsAt: (wish.endsAt ?? startsAt + (row.ends_at.getTime() - row.starts_at.getTime())) as Instant,
    ignore: row.id,
    now,
  };
  const decision = decideMove({
    appointment: movable(row),
    request: { ...wish, version: row.version, ...keepRoom(wish, row, placement) },
    facts: placement.facts,
    permission: rules.permission(placement),
    cutOffMinutes: placement.organization.cancelCutoffMinutes,
  });
  if (!decision.ok) throw await rules.explain(decision, lost, placement);
  if (!Object.values(decision.changes).some(Boolean)) return { done: row };
  return { row, placement, decision, lost: { ...lost, roomId: decision.write.roomId } };
}

/** Null when what was decided on has changed meanwhile. */
async function writeMove(work: TenantWork, wish: MoveWish, proposal: Proposal): Promise<Moved | null> {
  const { row, placement, decision } = proposal;
  const { write, warnings, changes } = decision;
  const { undoSeconds } = placement.organization;
  const undo = newUndo({ action: "move", before: row, actor: work.actor, now: work.now, undoSeconds });
  const to = {
    starts_at: new Date(write.startsAt),
    ends_at: new Date(write.endsAt),
    busy_from: new Date(write.busyFrom),
    busy_to: new Date(write.busyTo),
    provider_id: write.providerId,
    room_id: write.roomId,
    lane: write.lane,
    site_id: placement.site.id,
  };
  const answer = await changeTime(authorOf(work, row), {
    row,
    to,
    day: !wish.force && (changes.time || changes.provider) ? countDay(placement.facts, write.startsAt) : null,
    undo,
    change: {
      type: "appointment.moved",
      ...ofAppointment(
        { ...row, ...to, version: row.version + 1 },
        {
          notify: wish.notify,
          ...(undo && { settlesAt: undo.handle.until }),
          ...(write.providerId !== row.provider_id && { previousProviderId: row.provider_id }),
        },
      ),
      diff: {
        before: placeOf(row),
        after: placeOf(to),
        ...(wish.force && { forced: warnings.map(reasonView) }),
      },
    },
  });
  if (answer.outcome === "gone") throw notFound("appointment");
  if (answer.outcome !== "changed") return null;
  return { row: answer.row, undo: undo?.handle ?? null, warnings };
}

/** By a manage link nobody has said who they are: whoever has it acts as the appointment's client. */
function authorOf(work: TenantWork, row: AppointmentRow): TenantWork {
  const { actor } = work;
  return actor.kind === "client" ? { ...work, actor: { ...actor, clientId: row.client_id } } : work;
}

function placeOf(row: Pick<AppointmentRow, "starts_at" | "ends_at" | "provider_id" | "room_id">) {
  return {
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    providerId: row.provider_id,
    roomId: row.room_id,
  };
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
function keepRoom(wish: MoveWish, row: AppointmentRow, placement: Placement): { roomId?: string | null } {
  if (wish.roomId !== undefined) return { roomId: wish.roomId };
  return row.room_id && placement.site.id !== row.site_id && !placement.facts.needsRoom
    ? { roomId: null }
    : {};
}
