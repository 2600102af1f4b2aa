import { DAY_MS, type Instant, SECOND_MS } from "./instant.ts";
import { type DayNumber, dayNumberOf, type LocalDate } from "./local-date.ts";
import type { Zone } from "./zone.ts";
import { recallZone, type ZoneMemory } from "./zone-memory.ts";
import type { ZoneDay, ZoneSegment, ZoneTransition } from "./zone-segment.ts";

/**
 * The local date in the zone. Costs one offset lookup the first time (the next day shares the other end), plus a
 * binary search when the offsets at both ends of a UTC day differ; then it is remembered.
 *
 * Limit: two changes that cancel out within one UTC day would be missed. The IANA data has none.
 *
 * @example zoneDay(zone("Europe/Paris"), localDate("2026-03-29")).end - … .start // 23 h in milliseconds
 */
export function zoneDay(name: Zone, date: LocalDate): ZoneDay {
  return zoneDayOf(recallZone(name), dayNumberOf(date));
}

/** {@link zoneDay} by day number, with the zone's memory already at hand: the form for loops over days. */
export function zoneDayOf(memory: ZoneMemory, dayNumber: DayNumber): ZoneDay {
  return memory.day(dayNumber, buildZoneDay);
}

/** The zone's offset at an instant, in milliseconds. */
export function zoneOffsetAt(name: Zone, at: Instant): number {
  return segmentAt(name, at).offset;
}

/** The local date and offset that hold at an instant. */
export function segmentAt(name: Zone, at: Instant): ZoneSegment {
  const memory = recallZone(name);
  const utcDay = Math.floor(at / DAY_MS);
  // The local date differs from the UTC date by one at most.
  for (let dayNumber = utcDay - 1; dayNumber <= utcDay + 1; dayNumber++) {
    for (const segment of zoneDayOf(memory, dayNumber).segments) {
      if (segment.start <= at && at < segment.end) return segment;
    }
  }
  throw new Error(`No local date at ${at} in ${name}`);
}

/** Segments that overlap `[from, to)`, in time order, not clipped. */
export function zoneSegments(name: Zone, from: Instant, to: Instant): ZoneSegment[] {
  const memory = recallZone(name);
  const segments: ZoneSegment[] = [];
  const last = Math.floor(to / DAY_MS) + 1;
  let isSorted = true;
  let previousStart = Number.NEGATIVE_INFINITY;
  for (let dayNumber = Math.floor(from / DAY_MS) - 1; dayNumber <= last; dayNumber++) {
    for (const segment of zoneDayOf(memory, dayNumber).segments) {
      if (segment.end <= from || segment.start >= to) continue;
      if (segment.start < previousStart) isSorted = false;
      previousStart = segment.start;
      segments.push(segment);
    }
  }
  // Dates interleave only where the clock goes back over midnight (St. John's until 2011, at 00:01).
  return isSorted ? segments : segments.sort((a, b) => a.start - b.start);
}

function buildZoneDay(memory: ZoneMemory, dayNumber: DayNumber): ZoneDay {
  const midnight = dayNumber * DAY_MS;
  const offsets = [-1, 0, 1, 2].map((shift) => memory.offsetAtUtcDay(dayNumber + shift));
  const [first, second, third, fourth] = offsets as [number, number, number, number];
  if (first === second && second === third && third === fourth) {
    const start = (midnight - first) as Instant;
    const end = (start + DAY_MS) as Instant;
    return { dayNumber, start, end, segments: [{ start, end, offset: first, dayNumber }], transitions: [] };
  }
  return buildUnevenDay(memory, dayNumber, offsets);
}

/** The general case: cut three UTC days at the changes of offset, keep what reads as this local date. */
function buildUnevenDay(memory: ZoneMemory, dayNumber: DayNumber, offsets: readonly number[]): ZoneDay {
  const midnight = dayNumber * DAY_MS;
  const changes: ZoneTransition[] = [];
  for (let index = 0; index < 3; index++) {
    const offsetBefore = offsets[index] as number;
    const offsetAfter = offsets[index + 1] as number;
    if (offsetBefore === offsetAfter) continue;
    const from = midnight + (index - 1) * DAY_MS;
    changes.push({ at: findChange(memory, from, from + DAY_MS), offsetBefore, offsetAfter });
  }
  const segments: ZoneSegment[] = [];
  let from = midnight - DAY_MS;
  for (let index = 0; index <= changes.length; index++) {
    const change = changes[index];
    const offset = change ? change.offsetBefore : (offsets[3] as number);
    const to = change ? change.at : midnight + 2 * DAY_MS;
    const start = Math.max(from, midnight - offset) as Instant;
    const end = Math.min(to, midnight + DAY_MS - offset) as Instant;
    if (start < end) segments.push({ start, end, offset, dayNumber });
    from = to;
  }
  const start = segments[0]?.start ?? ((midnight - (offsets[0] as number)) as Instant);
  const end = segments.at(-1)?.end ?? start;
  const transitions = changes.filter((change) => start <= change.at && change.at < end);
  return { dayNumber, start, end, segments, transitions };
}

/** First second of `(from, to]` with the offset that holds at `to`. Changes happen on whole seconds. */
function findChange(memory: ZoneMemory, from: number, to: number): Instant {
  const after = memory.readOffset(to as Instant);
  let low = from / SECOND_MS;
  let high = to / SECOND_MS;
  // Nearly every change falls on a quarter of an hour of UTC: look there first, then by the second.
  for (const step of [900, 1]) {
    while (high - low > step) {
      const middle = low + Math.ceil((high - low) / 2 / step) * step;
      if (middle >= high) break;
      if (memory.readOffset((middle * SECOND_MS) as Instant) === after) high = middle;
      else low = middle;
    }
    if (step > 1 && memory.readOffset((high * SECOND_MS - SECOND_MS) as Instant) !== after) break;
  }
  return (high * SECOND_MS) as Instant;
}
