import type { BusyInterval, RoomBusy } from "../availability/busy-time.ts";
import { explainSpan } from "../availability/explain-start.ts";
import { freeRooms } from "../availability/room-choice.ts";
import type { SlotFacts } from "../availability/slot-facts.ts";
import type { StartReason, StartReasonCode } from "../availability/start-reason.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { type Authority, type DecisionReason, type Refusal, type RefusalCode, refuse } from "./decision.ts";

/** What the one who asks may do about a place that `slots` would not offer. */
export type PlacementPermission = {
  readonly authority: Authority;
  /** Asked for by the request: go ahead where a force allows it. */
  readonly force: boolean;
  /** Held by the role. A force without it is refused even where none was needed. */
  readonly mayForce: boolean;
  /** Overbooking lanes of the site: 0 for none, n for lanes 1…n. Only a force uses them. */
  readonly lanes: number;
  /** What an external event means to staff: `warn`, or `refuse` unless forced. To a client the time is taken. */
  readonly externalConflicts: "warn" | "refuse";
};

/** Facts about the provider and the site of the place asked for. */
export type PlacementFacts = Omit<SlotFacts, "rooms"> & {
  readonly needsRoom: boolean;
  /** The rooms of the site that would do, with their busy time. */
  readonly siteRooms: readonly RoomBusy[];
};

/** The columns a booking or a move writes. */
export type PlacementWrite = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly busyFrom: Instant;
  readonly busyTo: Instant;
  readonly providerId: string;
  readonly roomId: string | null;
  readonly lane: number;
};

type Verdict = {
  readonly code: RefusalCode;
  /** For staff: only a warning, refused without a force, refused without a force and a free lane, or always refused. */
  readonly staff: "warn" | "force" | "lane" | "never";
};

/**
 * What each reason leads to. A client is refused by any of them. Staff book in the past (walk-ins are noted
 * afterwards), off the grid and without notice as they see fit. A missing skill is a matter of accreditation, and a
 * room has no second lane: neither yields to a force.
 */
const verdicts: Readonly<Record<StartReasonCode, Verdict>> = {
  skill_missing: { code: "invalid_input", staff: "never" },
  service_not_offered: { code: "invalid_input", staff: "force" },
  busy: { code: "slot_taken", staff: "lane" },
  buffer: { code: "slot_taken", staff: "lane" },
  external_busy: { code: "slot_taken", staff: "warn" },
  room_taken: { code: "slot_taken", staff: "never" },
  closed: { code: "outside_availability", staff: "force" },
  exception_closed: { code: "outside_availability", staff: "force" },
  outside_opening: { code: "outside_availability", staff: "force" },
  time_off: { code: "outside_availability", staff: "force" },
  daily_limit: { code: "outside_availability", staff: "force" },
  in_past: { code: "outside_availability", staff: "warn" },
  notice: { code: "outside_availability", staff: "warn" },
  horizon: { code: "outside_availability", staff: "warn" },
  off_grid: { code: "outside_availability", staff: "warn" },
};

/** When several reasons refuse, the answer carries the code that comes first: what no other time would cure leads. */
const precedence: readonly RefusalCode[] = ["invalid_input", "slot_taken", "outside_availability"];

/** The lane an appointment may take, and what staff should know; or the refusal. */
export type Judgement =
  | { readonly ok: true; readonly lane: number; readonly warnings: readonly DecisionReason[] }
  | Refusal;

/**
 * Weighs the reasons against a place. Pure table work: what is an obstacle depends on who asks and whether they force.
 */
export function judgePlacement(reasons: readonly StartReason[], permission: PlacementPermission): Judgement {
  if (permission.force && !permission.mayForce) return refuse("forbidden", { code: "force_not_allowed" });
  const refusals = reasons.filter((reason) => isObstacle(reason, permission));
  if (refusals.length > 0) {
    const codes = refusals.map((reason) => verdicts[reason.code].code);
    return {
      ok: false,
      code: precedence.find((code) => codes.includes(code)) ?? "invalid_input",
      reasons: refusals,
    };
  }
  const conflicts = reasons.flatMap((reason) => (needsLane(reason) ? [reason.busy] : []));
  if (conflicts.length === 0) return { ok: true, lane: 0, warnings: reasons };
  const lane = freeLane(conflicts, permission.lanes);
  if (lane === null)
    return refuse("slot_taken", ...reasons, { code: "no_lane_left", lanes: permission.lanes });
  return { ok: true, lane, warnings: [...reasons, { code: "overbooked", lane }] };
}

/** The reasons against a span in a given room (null: none taken), where `explainSpan` would look at all rooms. */
export function placementReasons(
  facts: PlacementFacts,
  span: Interval,
  roomId: string | null,
): StartReason[] {
  const rooms = roomId === null ? (facts.needsRoom ? [] : null) : roomsNamed(facts.siteRooms, roomId);
  return explainSpan({ ...facts, rooms }, span);
}

/** The first free room, or failing that the first room, so that the refusal says by what it is taken. */
export function chooseRoom(facts: PlacementFacts, span: Interval, preferred: string | null): string | null {
  const free = freeRooms(facts.siteRooms, span);
  if (preferred !== null && free.includes(preferred)) return preferred;
  return free[0] ?? preferred ?? facts.siteRooms[0]?.roomId ?? null;
}

/** The rooms with this name: one, or none when the site has no such room. */
export function roomsNamed(rooms: readonly RoomBusy[], roomId: string): readonly RoomBusy[] {
  return rooms.filter((room) => room.roomId === roomId);
}

function isObstacle(reason: StartReason, permission: PlacementPermission): boolean {
  if (permission.authority === "client") return true;
  if (isExternal(reason)) return permission.externalConflicts === "refuse" && !permission.force;
  const { staff } = verdicts[reason.code];
  return staff === "never" || (staff !== "warn" && !permission.force);
}

function needsLane(reason: StartReason): reason is StartReason & { readonly busy: BusyInterval } {
  return (reason.code === "busy" || reason.code === "buffer") && !isExternal(reason);
}

/** External events never meet a constraint, whether they touch the appointment or only its buffer. */
function isExternal(reason: StartReason): boolean {
  return "busy" in reason && reason.busy.kind === "external";
}

/** The lowest lane none of the conflicts is in, among 0…lanes; lane 0 only when it is free. */
function freeLane(conflicts: readonly BusyInterval[], lanes: number): number | null {
  for (let lane = 0; lane <= lanes; lane++) {
    if (!conflicts.some((conflict) => (conflict.lane ?? 0) === lane)) return lane;
  }
  return null;
}

/** Busy time without one appointment: an appointment does not stand in its own way. */
export function busyWithout(busy: readonly BusyInterval[], appointmentId: string): readonly BusyInterval[] {
  return busy.filter(({ id }) => id !== appointmentId);
}
