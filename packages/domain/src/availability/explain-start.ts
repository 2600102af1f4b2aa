import { DAY_MS, type Instant, instantPlusMinutes, MINUTE_MS } from "../time/instant.ts";
import { type Interval, intervalsOverlap } from "../time/interval.ts";
import { subtractIntervals } from "../time/interval-list.ts";
import { localDateOfDayNumber } from "../time/local-date.ts";
import { segmentAt, zoneSegments } from "../time/zone-day.ts";
import { assertBookingRules, bookableWindow } from "./booking-rules.ts";
import { busySpan } from "./busy-time.ts";
import { providerTime, siteTime } from "./open-time.ts";
import { exceptionOn, type OpeningHours } from "./opening-hours.ts";
import { takenRooms } from "./room-choice.ts";
import type { SlotFacts } from "./slot-facts.ts";
import type { StartReason } from "./start-reason.ts";

/**
 * Every reason why `slots` does not offer a start, in the order a person would check them: who, when, hours, conflicts,
 * rooms, limits. Empty exactly when `slots` offers it.
 *
 * @throws RangeError as `slots` does.
 * @example explainStart(facts, at) // [{ code: "busy", busy: { start, end, id } }, { code: "room_taken", rooms }]
 */
export function explainStart(facts: SlotFacts, start: Instant): StartReason[] {
  assertBookingRules(facts.rules);
  return explainSpan(facts, { start, end: instantPlusMinutes(start, facts.rules.durationMinutes) });
}

/** {@link explainStart} for a span of any length, as a resized appointment has; `rules.durationMinutes` is not read. */
export function explainSpan(facts: SlotFacts, span: Interval): StartReason[] {
  return [
    ...offerReasons(facts),
    ...moment(facts, span.start),
    ...hoursReasons(facts, span),
    ...conflictReasons(facts, span),
    ...roomReasons(facts, span),
    ...limitReasons(facts, span.start),
  ];
}

function* offerReasons({ offer }: SlotFacts): Iterable<StartReason> {
  if (offer == null) return;
  if (!offer.isOffered) yield { code: "service_not_offered" };
  if (offer.missingSkills.length > 0) yield { code: "skill_missing", skills: offer.missingSkills };
}

function* moment({ now, rules, schedule }: SlotFacts, start: Instant): Iterable<StartReason> {
  const bookable = bookableWindow(rules, now, schedule.zone);
  if (start < now) yield { code: "in_past", now };
  else if (start < bookable.start) yield { code: "notice", earliest: bookable.start };
  if (start >= bookable.end) yield { code: "horizon", lastDate: bookable.lastDate };
  const { offset, dayNumber } = segmentAt(schedule.zone, start);
  const isOnGrid = (start + offset - dayNumber * DAY_MS) % (rules.slotMinutes * MINUTE_MS) === 0;
  if (!isOnGrid) yield { code: "off_grid", slotMinutes: rules.slotMinutes };
}

function* hoursReasons({ schedule }: SlotFacts, span: Interval): Iterable<StartReason> {
  const segments = zoneSegments(schedule.zone, span.start, span.end);
  const unattended = subtractIntervals([span], providerTime(schedule, segments));
  for (const { date, interval, exception } of byDate(unattended, schedule.provider)) {
    if (exception === null) yield { code: "closed", date, interval };
    else yield { code: "exception_closed", date, interval, reason: exception.reason ?? null };
  }
  const opening = siteTime(schedule, segments);
  if (opening !== null && schedule.site) {
    for (const { date, interval, exception } of byDate(subtractIntervals([span], opening), schedule.site)) {
      yield { code: "outside_opening", date, interval, reason: exception?.reason ?? null };
    }
  }
  for (const { start, end, reason } of schedule.timeOff) {
    if (intervalsOverlap({ start, end }, span)) {
      yield { code: "time_off", interval: { start, end }, reason: reason ?? null };
    }
  }

  /** Cuts spans at changes of date, with the exception that rules each. */
  function byDate(spans: readonly Interval[], hours: OpeningHours) {
    return spans.flatMap((missing) =>
      segments
        .filter((segment) => intervalsOverlap(segment, missing))
        .map((segment) => {
          const date = localDateOfDayNumber(segment.dayNumber);
          const start = Math.max(missing.start, segment.start) as Instant;
          const end = Math.min(missing.end, segment.end) as Instant;
          return { date, interval: { start, end }, exception: exceptionOn(hours, date) };
        }),
    );
  }
}

function* conflictReasons({ busy, rules }: SlotFacts, span: Interval): Iterable<StartReason> {
  const withBuffers = busySpan(span.start, span.end, rules);
  for (const other of busy) {
    if (!intervalsOverlap(other, withBuffers)) continue;
    if (!intervalsOverlap(other, span)) yield { code: "buffer", busy: other };
    else yield { code: other.kind === "external" ? "external_busy" : "busy", busy: other };
  }
}

function* roomReasons({ rooms, rules }: SlotFacts, span: Interval): Iterable<StartReason> {
  if (rooms == null) return;
  const taken = takenRooms(rooms, busySpan(span.start, span.end, rules));
  if (taken.length === rooms.length) yield { code: "room_taken", rooms: taken };
}

function* limitReasons({ dailyLimit, schedule }: SlotFacts, start: Instant): Iterable<StartReason> {
  if (dailyLimit == null) return;
  const date = localDateOfDayNumber(segmentAt(schedule.zone, start).dayNumber);
  const count = dailyLimit.counts.get(date) ?? 0;
  if (count >= dailyLimit.limit) yield { code: "daily_limit", date, limit: dailyLimit.limit, count };
}
