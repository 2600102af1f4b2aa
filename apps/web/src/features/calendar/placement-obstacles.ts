import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { type Interval, intervalsOverlap } from "@creneau/domain/time/interval";
import { intervalsContain, normalizeIntervals, subtractIntervals } from "@creneau/domain/time/interval-list";
import type { Outputs } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";

type OpenTime = Outputs["availability"]["open"];

/** Why a place is not free; the codes are those of the server's own explanation. */
export type Obstacle = {
  code: string;
  /** Whose or what, where it may be told. */
  title?: string | null;
  start?: number;
  end?: number;
};

type Away = Interval & { id: string; reason: string | null };
type Agenda = { open: readonly Interval[]; away: Away[]; external: (Interval & { title: string | null })[] };
type Busy = Interval & { id: string; own: Interval; name: string };

/** What is known in the browser about the shown period: enough to light what is free while somebody drags. */
export type PlacementFacts = {
  /** Whether this person may put anything into a provider's agenda. */
  isOpenTo: (providerId: string) => boolean;
  agendas: ReadonlyMap<string, Agenda>;
  busy: ReadonlyMap<string, readonly Busy[]>;
  rooms: ReadonlyMap<string, { away: readonly Away[]; busy: readonly Busy[] }>;
};

/** A place an appointment might take. Epoch milliseconds; buffers in milliseconds. */
export type Sketch = Interval & {
  /** The appointment that moves does not stand in its own way. */
  appointmentId: string | null;
  /** Null: not said yet; the room alone is judged. */
  providerId: string | null;
  roomId: string | null;
  before: number;
  after: number;
};

function span({ startsAt, endsAt }: { startsAt: string; endsAt: string }): Interval {
  return { start: Date.parse(startsAt) as Instant, end: Date.parse(endsAt) as Instant };
}

const occupying = new Set<Appointment["status"]>(["held", "pending", "confirmed", "in_progress"]);

/** Brings open time and appointments into the form that is asked many times a second. */
export function placementFacts(request: {
  open: OpenTime | undefined;
  appointments: readonly Appointment[];
  nameOf: (appointment: Appointment) => string;
  isOpenTo: PlacementFacts["isOpenTo"];
}): PlacementFacts {
  const agendas = new Map<string, Agenda>();
  for (const { providerId, intervals, timeOff, external } of request.open?.items ?? []) {
    const known = agendas.get(providerId) ?? { open: [], away: [], external: [] };
    agendas.set(providerId, {
      open: normalizeIntervals([...known.open, ...intervals.map(span)]),
      away: [...known.away, ...timeOff.map((each) => ({ ...span(each), id: each.id, reason: each.reason }))],
      external: [...known.external, ...external.map((each) => ({ ...span(each), title: each.title }))],
    });
  }
  const busy = new Map<string, Busy[]>();
  const inRooms = new Map<string, Busy[]>();
  for (const appointment of request.appointments) {
    if (!occupying.has(appointment.status)) continue;
    const each: Busy = {
      ...span({ startsAt: appointment.busyFrom, endsAt: appointment.busyTo }),
      id: appointment.id,
      own: span(appointment),
      name: request.nameOf(appointment),
    };
    busy.set(appointment.providerId, [...(busy.get(appointment.providerId) ?? []), each]);
    const { roomId } = appointment;
    if (roomId) inRooms.set(roomId, [...(inRooms.get(roomId) ?? []), each]);
  }
  const rooms = new Map<string, { away: readonly Away[]; busy: readonly Busy[] }>();
  for (const [roomId, taken] of inRooms) rooms.set(roomId, { away: [], busy: taken });
  for (const { roomId, timeOff } of request.open?.rooms ?? []) {
    const away = timeOff.map((each) => ({ ...span(each), id: each.id, reason: each.reason }));
    rooms.set(roomId, { away, busy: rooms.get(roomId)?.busy ?? [] });
  }
  return { isOpenTo: request.isOpenTo, agendas, busy, rooms };
}

function widened({ start, end, before, after }: Sketch): Interval {
  return { start: (start - before) as Instant, end: (end + after) as Instant };
}

/** Everything that stands against the place, hardest first. Empty: free, as far as the browser knows. */
export function obstaclesTo(facts: PlacementFacts, sketch: Sketch): Obstacle[] {
  const obstacles: Obstacle[] = [];
  const taken = widened(sketch);
  const { providerId } = sketch;
  if (providerId && !facts.isOpenTo(providerId)) obstacles.push({ code: "not_yours" });
  for (const other of (providerId && facts.busy.get(providerId)) || []) {
    if (other.id === sketch.appointmentId || !intervalsOverlap(other, taken)) continue;
    const code = intervalsOverlap(other.own, sketch) ? "busy" : "buffer";
    obstacles.push({ code, title: other.name, start: other.own.start, end: other.own.end });
  }
  const room = sketch.roomId ? facts.rooms.get(sketch.roomId) : undefined;
  const inRoom = room?.busy.find((each) => each.id !== sketch.appointmentId && intervalsOverlap(each, taken));
  if (inRoom)
    obstacles.push({ code: "room_taken", title: inRoom.name, start: inRoom.own.start, end: inRoom.own.end });
  const agenda = providerId ? facts.agendas.get(providerId) : undefined;
  for (const away of [...(agenda?.away ?? []), ...(room?.away ?? [])]) {
    if (intervalsOverlap(away, sketch))
      obstacles.push({ code: "time_off", title: away.reason, start: away.start, end: away.end });
  }
  const isAway = obstacles.some(({ code }) => code === "time_off");
  if (agenda && !isAway && !intervalsContain(agenda.open, sketch)) obstacles.push({ code: "closed" });
  for (const event of agenda?.external ?? []) {
    if (intervalsOverlap(event, sketch))
      obstacles.push({ code: "external_busy", title: event.title, start: event.start, end: event.end });
  }
  return obstacles;
}

/** Obstacles that staff are told of and not refused for. */
const warnings = new Set(["external_busy", "off_grid", "in_past", "notice", "horizon"]);

/** Whether the server would refuse the place to staff who do not force. */
export function isRefused(obstacles: readonly Obstacle[]): boolean {
  return obstacles.some(({ code }) => !warnings.has(code));
}

/** The stretches in which the whole appointment fits, wherever in them it starts. */
export function freeRanges(facts: PlacementFacts, sketch: Sketch): Interval[] {
  const { providerId } = sketch;
  const agenda = providerId && facts.isOpenTo(providerId) ? facts.agendas.get(providerId) : undefined;
  if (!agenda) return [];
  const room = sketch.roomId ? facts.rooms.get(sketch.roomId) : undefined;
  const obstacles = [
    ...[...((providerId && facts.busy.get(providerId)) || []), ...(room?.busy ?? [])]
      .filter(({ id }) => id !== sketch.appointmentId)
      .map(({ start, end }) => ({
        start: (start - sketch.after) as Instant,
        end: (end + sketch.before) as Instant,
      })),
    ...agenda.away,
    ...(room?.away ?? []),
  ].map(({ start, end }) => ({ start, end }));
  const least = Math.max(sketch.end - sketch.start, MINUTE_MS);
  return subtractIntervals(agenda.open, normalizeIntervals(obstacles)).filter(
    ({ start, end }) => end - start >= least,
  );
}

type Wish = { from: number; minutes: number; stepMinutes: number; providerIds: readonly string[] };

/** The earliest place for something new of that length, and whose it is; null when the shown period is full. */
export function firstFreePlace(
  facts: PlacementFacts,
  wish: Wish,
): { start: number; providerId: string } | null {
  let first: { start: number; providerId: string } | null = null;
  const length = wish.minutes * MINUTE_MS;
  const step = wish.stepMinutes * MINUTE_MS;
  for (const providerId of wish.providerIds) {
    const start = wish.from as Instant;
    const end = (start + length) as Instant;
    const sketch = { start, end, appointmentId: null, providerId, roomId: null, before: 0, after: 0 };
    for (const range of freeRanges(facts, sketch)) {
      const at = Math.ceil(Math.max(range.start, wish.from) / step) * step;
      if (at + length > range.end || (first && at >= first.start)) continue;
      first = { start: at, providerId };
    }
  }
  return first;
}

/** The server's reasons in the same form. */
export function obstaclesOf(reasons: readonly { code: string; [key: string]: unknown }[]): Obstacle[] {
  return reasons.map((reason) => {
    const place = [reason.busy, reason.interval].find((each) => typeof each === "object" && each !== null) as
      | { startsAt?: string; endsAt?: string }
      | undefined;
    const named = typeof reason.reason === "string" ? reason.reason : null;
    return {
      code: reason.code,
      title: named,
      ...(place?.startsAt && place.endsAt
        ? { start: Date.parse(place.startsAt), end: Date.parse(place.endsAt) }
        : {}),
    };
  });
}
