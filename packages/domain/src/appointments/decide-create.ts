import { busySpan } from "../availability/busy-time.ts";
import { type Instant, instantPlusMinutes } from "../time/instant.ts";
import { type DecisionReason, type Refusal, refuse } from "./decision.ts";
import {
  chooseRoom,
  judgePlacement,
  type PlacementFacts,
  type PlacementPermission,
  type PlacementWrite,
  placementReasons,
  roomsNamed,
} from "./placement.ts";

/** A wish for a new appointment. */
export type CreateRequest = {
  readonly providerId: string;
  readonly startsAt: Instant;
  /** Absent: the service's duration. A client cannot choose another. */
  readonly endsAt?: Instant | null;
  /** Absent: the first free room when the service needs one. */
  readonly roomId?: string | null;
};

/** What to write, with what staff should be told; or a refusal. */
export type CreateDecision =
  | { readonly ok: true; readonly write: PlacementWrite; readonly warnings: readonly DecisionReason[] }
  | Refusal;

/**
 * Decides whether and where a new appointment goes. `facts` are those of the requested provider, holds included and
 * lapsed holds left out. The database has the last word: between these facts and the write the time may go.
 *
 * Clients get what `slots` offers and nothing else. Staff are refused outside open time, over an appointment or over
 * the daily limit unless they force and may; a forced conflict takes the lowest free overbooking lane.
 *
 * Codes: `forbidden`, `invalid_input`, `slot_taken`, `outside_availability`.
 *
 * @example
 * decideCreate({ request: { providerId, startsAt }, facts, permission })
 * // { ok: false, code: "slot_taken", reasons: [{ code: "busy", busy: { … } }] }
 */
export function decideCreate({ request, facts, permission }: CreateQuestion): CreateDecision {
  const { startsAt, providerId } = request;
  const usualEnd = instantPlusMinutes(startsAt, facts.rules.durationMinutes);
  const endsAt = request.endsAt ?? usualEnd;
  if (!(startsAt < endsAt)) return refuse("invalid_input", { code: "ends_before_start" });
  if (permission.authority === "client" && endsAt !== usualEnd) {
    return refuse("invalid_input", { code: "duration_fixed", durationMinutes: facts.rules.durationMinutes });
  }
  const busy = busySpan(startsAt, endsAt, facts.rules);
  const wanted = request.roomId ?? null;
  if (wanted !== null && roomsNamed(facts.siteRooms, wanted).length === 0) {
    return refuse("invalid_input", { code: "room_unknown", roomId: wanted });
  }
  const roomId = wanted ?? (facts.needsRoom ? chooseRoom(facts, busy, null) : null);
  const span = { start: startsAt, end: endsAt };
  const judgement = judgePlacement(placementReasons(facts, span, roomId), permission);
  if (!judgement.ok) return judgement;
  const { lane, warnings } = judgement;
  const write = { startsAt, endsAt, busyFrom: busy.start, busyTo: busy.end, providerId, roomId, lane };
  return { ok: true, write, warnings };
}

type CreateQuestion = {
  readonly request: CreateRequest;
  readonly facts: PlacementFacts;
  readonly permission: PlacementPermission;
};
