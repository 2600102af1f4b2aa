import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { parseInstant } from "../time/iso-instant.ts";
import type { IsoWeekday } from "../time/local-date.ts";
import { zone } from "../time/zone.ts";
import type { BookingRules } from "./booking-rules.ts";
import type { BusyInterval } from "./busy-time.ts";
import type { Schedule } from "./open-time.ts";
import type { MinuteWindow, WeeklyRule } from "./opening-hours.ts";
import type { SlotFacts } from "./slot-facts.ts";

/** The instant of an ISO text known to be right. For tests. */
export function at(text: string): Instant {
  const found = parseInstant(text);
  if (found === null) throw new Error(`Not an instant: ${text}`);
  return found;
}

/** `"09:00-12:00"` as minutes of the day. For tests. */
export function hours(text: string): MinuteWindow {
  const [startMinute, endMinute] = text.split("-").map((clock) => {
    const [hour, minute] = clock.split(":").map(Number) as [number, number];
    return hour * 60 + minute;
  }) as [number, number];
  return { startMinute, endMinute };
}

/** The same hours on each of the weekdays. For tests. */
export function weekly(weekdays: readonly number[], ...windows: readonly string[]): WeeklyRule[] {
  return weekdays.flatMap((day) =>
    windows.map((text) => ({ isoWeekday: day as IsoWeekday, ...hours(text) })),
  );
}

/** Busy from an instant for a number of minutes. For tests. */
export function busyFor(start: string, minutes: number, more: Partial<BusyInterval> = {}): BusyInterval {
  return { start: at(start), end: (at(start) + minutes * MINUTE_MS) as Instant, ...more };
}

type Changes = Partial<Omit<SlotFacts, "rules" | "schedule">> & {
  readonly rules?: Partial<BookingRules>;
  readonly schedule?: Partial<Schedule>;
};

/** Tuesday 9–12 in Paris, half an hour on a half-hour grid, seen from the Monday before (2026-06-01). For tests. */
export function factsWith({ rules, schedule, ...others }: Changes = {}): SlotFacts {
  return {
    now: at("2026-06-01T06:00:00Z"),
    busy: [],
    ...others,
    rules: {
      slotMinutes: 30,
      durationMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      minimumNoticeMinutes: 0,
      horizonDays: 30,
      ...rules,
    },
    schedule: {
      zone: zone("Europe/Paris"),
      provider: { rules: weekly([2], "09:00-12:00"), exceptions: [] },
      timeOff: [],
      ...schedule,
    },
  };
}
