import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { type DayNumber, dayNumberOf } from "../time/local-date.ts";
import { zoneSegments } from "../time/zone-day.ts";
import type { ZoneSegment } from "../time/zone-segment.ts";
import { assertBookingRules, bookableWindow } from "./booking-rules.ts";
import { inWalkingOrder } from "./busy-time.ts";
import { openTimeOver } from "./open-time.ts";
import { startsWithoutRoom } from "./room-choice.ts";
import type { DailyLimit, SlotFacts } from "./slot-facts.ts";

/** Which starts to look for: `[from, to)`, and no more than `limit` of them. */
export type SlotQuery = {
  readonly facts: SlotFacts;
  readonly from: Instant;
  readonly to: Instant;
  readonly limit?: number;
};

/**
 * The starts that can be booked, ascending. A start `s` is offered when, all at once:
 *
 * 1. the provider offers the service and has its skills;
 * 2. `s` is at or after now + notice, and on a date inside the horizon;
 * 3. the wall clock of the site shows at `s` a multiple of `slotMinutes` since midnight, on DST days too;
 * 4. `[s, s + duration)` lies in one stretch of open time. Duration is elapsed time;
 * 5. `[s − buffer before, s + duration + buffer after)` meets no busy time of the provider. **Buffers may lie outside
 *    the open time**: tidying up after the last appointment of the day does not need opening hours;
 * 6. over that same span at least one room is free, when a room is needed;
 * 7. the provider has not reached the daily limit on the local date of `s`.
 *
 * `explainStart` names what fails; it is empty for exactly these starts.
 * Linear in days + busy intervals + slots: one pass over open time, with a pointer each in busy time and in the zone.
 *
 * @throws RangeError when the rules hold a non-positive grid or duration, or a negative buffer.
 * @example slots({ facts, from, to }).map(formatInstant)
 */
export function slots({ facts, from, to, limit = Number.POSITIVE_INFINITY }: SlotQuery): Instant[] {
  const { rules, schedule } = facts;
  assertBookingRules(rules);
  const bookable = bookableWindow(rules, facts.now, schedule.zone);
  const first = Math.max(from, bookable.start) as Instant;
  const end = Math.min(to, bookable.end) as Instant;
  if (first >= end || limit <= 0 || !canServe(facts)) return [];
  const segments = zoneSegments(schedule.zone, first, (end + rules.durationMinutes * MINUTE_MS) as Instant);
  return sweep({ facts, first, end, limit, segments, open: openTimeOver(schedule, segments) });
}

function canServe({ offer, dailyLimit }: SlotFacts): boolean {
  if (dailyLimit != null && dailyLimit.limit <= 0) return false;
  return offer == null || (offer.isOffered && offer.missingSkills.length === 0);
}

type Sweep = {
  readonly facts: SlotFacts;
  readonly first: Instant;
  readonly end: Instant;
  readonly limit: number;
  readonly segments: readonly ZoneSegment[];
  readonly open: readonly Interval[];
};

/** Every list is in time order and `start` only grows, so each pointer walks its list once. */
function sweep({ facts, first, end, limit, segments, open }: Sweep): Instant[] {
  const { rules } = facts;
  const grid = rules.slotMinutes * MINUTE_MS;
  const duration = rules.durationMinutes * MINUTE_MS;
  const bufferBefore = rules.bufferBeforeMinutes * MINUTE_MS;
  const reach = duration + rules.bufferAfterMinutes * MINUTE_MS;
  const busy = inWalkingOrder(facts.busy);
  const roomless = facts.rooms == null ? [] : startsWithoutRoom(facts.rooms, rules);
  const fullDays = daysAtLimit(facts.dailyLimit);
  const found: Instant[] = [];
  let segmentAt = 0;
  let busyAt = 0;
  let roomlessAt = 0;

  for (const span of open) {
    let start = span.start > first ? span.start : (first as number);
    const last = Math.min(span.end - duration, end - 1);
    while (start <= last) {
      while ((segments[segmentAt] as ZoneSegment).end <= start) segmentAt++;
      const segment = segments[segmentAt] as ZoneSegment;
      if (fullDays?.has(segment.dayNumber)) {
        start = segment.end;
        continue;
      }
      // `| 0`: a local day fits in 32 bits, and an integer remainder costs a tenth of a floating one.
      const pastGrid = ((start + segment.offset - segment.dayNumber * DAY_MS) | 0) % grid;
      if (pastGrid !== 0) {
        start += grid - pastGrid;
        // Past the segment the wall clock jumps: align again from its end.
        if (start >= segment.end) start = segment.end;
        continue;
      }
      while (busyAt < busy.length && (busy[busyAt] as Interval).end <= start - bufferBefore) busyAt++;
      const conflict = busy[busyAt];
      if (conflict !== undefined && conflict.start < start + reach) {
        start = conflict.end + bufferBefore;
        continue;
      }
      while (roomlessAt < roomless.length && (roomless[roomlessAt] as Interval).end <= start) roomlessAt++;
      const lost = roomless[roomlessAt];
      if (lost !== undefined && lost.start <= start) {
        start = lost.end;
        continue;
      }
      // Nothing changes before the end of the segment, the next busy time or the next start without a room. A step
      // never leaves the segment: the next date, or the clock after a change, may have an earlier start.
      const until = Math.min(
        last,
        segment.end - 1,
        conflict === undefined ? last : conflict.start - reach,
        lost === undefined ? last : lost.start - 1,
      );
      for (; start <= until; start += grid) {
        found.push(start as Instant);
        if (found.length >= limit) return found;
      }
      if (start > segment.end) start = segment.end;
    }
  }
  return found;
}

function daysAtLimit(dailyLimit: DailyLimit | null | undefined): Set<DayNumber> | null {
  if (dailyLimit == null) return null;
  const full = new Set<DayNumber>();
  for (const [date, count] of dailyLimit.counts) {
    if (count >= dailyLimit.limit) full.add(dayNumberOf(date));
  }
  return full;
}
