import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { type Interval, intervalsOverlap } from "../time/interval.ts";
import { intersectIntervals, normalizeIntervals } from "../time/interval-list.ts";
import type { BookingRules } from "./booking-rules.ts";
import type { BusyInterval, RoomBusy } from "./busy-time.ts";

/** A room that cannot be had, and what occupies it. */
export type TakenRoom = { readonly roomId: string; readonly busy: BusyInterval };

/** Rooms free for the whole of `span` (buffers included), in the order given. */
export function freeRooms(rooms: readonly RoomBusy[], span: Interval): readonly string[] {
  return rooms.filter((room) => firstConflict(room, span) === undefined).map((room) => room.roomId);
}

/** Rooms occupied during `span`, each with the first thing that occupies it. */
export function takenRooms(rooms: readonly RoomBusy[], span: Interval): readonly TakenRoom[] {
  return rooms.flatMap((room) => {
    const busy = firstConflict(room, span);
    return busy ? [{ roomId: room.roomId, busy }] : [];
  });
}

/**
 * The starts for which no room would be free: a room refuses the starts between its busy time stretched by the
 * duration and both buffers, and only the starts that every room refuses are lost.
 */
export function startsWithoutRoom(rooms: readonly RoomBusy[], rules: BookingRules): readonly Interval[] {
  const before = (rules.durationMinutes + rules.bufferAfterMinutes) * MINUTE_MS;
  const after = rules.bufferBeforeMinutes * MINUTE_MS;
  let lost: readonly Interval[] = [
    { start: Number.NEGATIVE_INFINITY as Instant, end: Number.POSITIVE_INFINITY as Instant },
  ];
  for (const { busy } of rooms) {
    const refused = busy
      .filter((span) => span.start < span.end)
      // Overlap is strict and instants are whole milliseconds: the first refused start is one millisecond in.
      .map((span) => ({ start: (span.start - before + 1) as Instant, end: (span.end + after) as Instant }));
    lost = intersectIntervals(lost, normalizeIntervals(refused));
    if (lost.length === 0) return lost;
  }
  return lost;
}

function firstConflict(room: RoomBusy, span: Interval): BusyInterval | undefined {
  return room.busy.find((busy) => intervalsOverlap(busy, span));
}
