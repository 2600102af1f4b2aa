import type { DailyLimit } from "../availability/slot-facts.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { localDateOf } from "../time/local-time.ts";
import { lastMomentForClient } from "./cancel-policy.ts";
import { type DecisionReason, type Refusal, refuse } from "./decision.ts";
import {
  busyWithout,
  chooseRoom,
  judgePlacement,
  type PlacementFacts,
  type PlacementPermission,
  type PlacementWrite,
  placementReasons,
  roomsNamed,
} from "./placement.ts";
import type { AppointmentStatus } from "./status.ts";

/** The appointment as it is in the database now. */
export type MovableAppointment = PlacementWrite & {
  readonly id: string;
  readonly version: number;
  readonly status: AppointmentStatus;
};

/** Where to move it. What is absent stays as it is. */
export type MoveRequest = {
  /** The version the one who asks has seen. */
  readonly version: number;
  readonly startsAt: Instant;
  /** Absent: same length as now. */
  readonly endsAt?: Instant | null;
  readonly providerId?: string | null;
  /** null gives the room up; absent keeps it, or takes another free one when the service needs a room. */
  readonly roomId?: string | null;
};

/** What changes, so that the right people are told; all false when there is nothing to write. */
export type MoveChanges = { readonly time: boolean; readonly provider: boolean; readonly room: boolean };

/** What to write and what has changed; or a refusal. */
export type MoveDecision =
  | {
      readonly ok: true;
      readonly write: PlacementWrite;
      readonly changes: MoveChanges;
      readonly warnings: readonly DecisionReason[];
    }
  | Refusal;

export type MoveQuestion = {
  readonly appointment: MovableAppointment;
  readonly request: MoveRequest;
  /** Facts of the provider and site it would move to. Busy time and counts may include the appointment itself. */
  readonly facts: PlacementFacts;
  readonly permission: PlacementPermission;
  /** Minutes before the start after which a client may no longer move it. */
  readonly cutOffMinutes: number;
};

/**
 * Decides a move in time, to another provider or room, or a resize.
 *
 * The appointment keeps the buffers it has, which may no longer be those of the service. Pending and confirmed
 * appointments move; one in progress only changes its end or its room. Open time is not asked again when neither time
 * nor provider changes: an appointment outside the hours can still change room. Otherwise the rules of `decideCreate`
 * hold, and a client must also be before the cut-off.
 *
 * Codes, in the order they are looked for: `version_conflict`, `forbidden`, `invalid_input`, `too_late_to_cancel`,
 * then `slot_taken` and `outside_availability`.
 */
export function decideMove(question: MoveQuestion): MoveDecision {
  const { appointment, request, facts, permission } = question;
  const span = requestedSpan(appointment, request);
  const providerId = request.providerId ?? appointment.providerId;
  const refusal = refuseBeforePlace(question, span, providerId);
  if (refusal) return refusal;

  const busy = keepBuffers(appointment, span);
  const isTimeChanged = span.start !== appointment.startsAt || span.end !== appointment.endsAt;
  const isProviderChanged = providerId !== appointment.providerId;
  const here = factsWithout(facts, appointment, isProviderChanged, busy, span);
  const roomId = requestedRoom(appointment, request, here, busy);
  const reasons = placementReasons(here, span, roomId).filter(
    ({ code }) => isTimeChanged || isProviderChanged || code === "room_taken",
  );
  const judgement = judgePlacement(reasons, permission);
  if (!judgement.ok) return judgement;

  const lane = isTimeChanged || isProviderChanged ? judgement.lane : appointment.lane;
  const changes = { time: isTimeChanged, provider: isProviderChanged, room: roomId !== appointment.roomId };
  const write = {
    startsAt: span.start,
    endsAt: span.end,
    busyFrom: busy.start,
    busyTo: busy.end,
    providerId,
    roomId,
    lane,
  };
  return {
    ok: true,
    write,
    changes,
    warnings: [...judgement.warnings, ...roomWarnings(appointment, request, roomId)],
  };
}

function refuseBeforePlace(question: MoveQuestion, span: Interval, providerId: string): Refusal | null {
  const { appointment, request, facts, permission } = question;
  const { status, version } = appointment;
  if (request.version !== version) {
    return refuse("version_conflict", {
      code: "version_changed",
      current: version,
      requested: request.version,
    });
  }
  if (permission.force && !permission.mayForce) return refuse("forbidden", { code: "force_not_allowed" });
  const staysPut = span.start === appointment.startsAt && providerId === appointment.providerId;
  const isMovable =
    status === "pending" ||
    status === "confirmed" ||
    (status === "in_progress" && staysPut && permission.authority === "staff");
  if (!isMovable) return refuse("invalid_input", { code: "status_not_allowed", status });
  if (!(span.start < span.end)) return refuse("invalid_input", { code: "ends_before_start" });
  if (request.roomId != null && roomsNamed(facts.siteRooms, request.roomId).length === 0) {
    return refuse("invalid_input", { code: "room_unknown", roomId: request.roomId });
  }
  if (permission.authority === "staff") return null;
  const length = appointment.endsAt - appointment.startsAt;
  if (span.end - span.start !== length) {
    return refuse("invalid_input", { code: "duration_fixed", durationMinutes: length / 60_000 });
  }
  const lastMoment = lastMomentForClient(appointment.startsAt, question.cutOffMinutes);
  return facts.now > lastMoment ? refuse("too_late_to_cancel", { code: "cut_off", lastMoment }) : null;
}

function requestedSpan(appointment: MovableAppointment, request: MoveRequest): Interval {
  const length = appointment.endsAt - appointment.startsAt;
  return { start: request.startsAt, end: request.endsAt ?? ((request.startsAt + length) as Instant) };
}

function keepBuffers(appointment: MovableAppointment, span: Interval): Interval {
  return {
    start: (span.start - (appointment.startsAt - appointment.busyFrom)) as Instant,
    end: (span.end + (appointment.busyTo - appointment.endsAt)) as Instant,
  };
}

/** The facts as if the appointment had been lifted off the agenda, with its own buffers in place of the service's. */
function factsWithout(
  facts: PlacementFacts,
  { id, startsAt }: MovableAppointment,
  isProviderChanged: boolean,
  busy: Interval,
  span: Interval,
): PlacementFacts {
  const { dailyLimit } = facts;
  return {
    ...facts,
    rules: {
      ...facts.rules,
      bufferBeforeMinutes: (span.start - busy.start) / 60_000,
      bufferAfterMinutes: (busy.end - span.end) / 60_000,
    },
    busy: busyWithout(facts.busy, id),
    siteRooms: facts.siteRooms.map((room) => ({ ...room, busy: busyWithout(room.busy, id) })),
    dailyLimit:
      dailyLimit == null || isProviderChanged
        ? dailyLimit
        : countOneLess(dailyLimit, localDateOf(startsAt, facts.schedule.zone)),
  };
}

function countOneLess(dailyLimit: DailyLimit, date: ReturnType<typeof localDateOf>): DailyLimit {
  const counts = new Map(dailyLimit.counts);
  counts.set(date, Math.max(0, (counts.get(date) ?? 0) - 1));
  return { ...dailyLimit, counts };
}

function requestedRoom(
  appointment: MovableAppointment,
  request: MoveRequest,
  facts: PlacementFacts,
  busy: Interval,
): string | null {
  if (request.roomId !== undefined) return request.roomId;
  if (facts.needsRoom) return chooseRoom(facts, busy, appointment.roomId);
  return appointment.roomId;
}

function roomWarnings(
  appointment: MovableAppointment,
  request: MoveRequest,
  to: string | null,
): DecisionReason[] {
  const from = appointment.roomId;
  const isOwnChoice = request.roomId === undefined && from !== null && to !== null && from !== to;
  return isOwnChoice ? [{ code: "room_changed", from, to }] : [];
}
