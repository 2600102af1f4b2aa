import { DateTime, Interval as LuxonInterval } from "luxon";
import type { SlotFacts } from "../src/availability/slot-facts.ts";
import { slots } from "../src/availability/slots.ts";
import { DAY_MS, type Instant, instant, MINUTE_MS } from "../src/time/instant.ts";
import { formatInstant } from "../src/time/iso-instant.ts";
import type { IsoWeekday } from "../src/time/local-date.ts";
import { zone } from "../src/time/zone.ts";
import { forgetZones } from "../src/time/zone-memory.ts";

const ZONE = zone("Europe/Paris");
const WEEKS = 8;
const FROM = instant(Date.UTC(2026, 2, 1, 23));
const TO = instant(FROM + WEEKS * 7 * DAY_MS);

type Row = Record<string, number | string>;

/**
 * Slot generation for one provider over 8 weeks: 15-minute grid, two windows a day on seven days, 300 busy intervals,
 * the change of 29 March 2026 inside. Compared, in the same process, with a Luxon DateTime and Interval for each slot.
 */
export async function benchSlots(): Promise<{ name: string; rows: Row[] }> {
  const facts = scenario();
  const query = { facts, from: FROM, to: TO };
  const count = slots(query).length;
  const naive = naiveSlots(facts);
  if (naive.join() !== slots(query).join()) throw new Error("The two implementations disagree");

  const warm = medianMicroseconds(2_000, () => slots(query));
  const cold = medianMicroseconds(300, () => slots(query), forgetZones);
  const formatted = medianMicroseconds(1_000, () => slots(query).map(formatInstant));
  const withDates = medianMicroseconds(200, () => slots(query).map((at) => new Date(at).toISOString()));
  const luxon = medianMicroseconds(5, () => naiveSlots(facts));
  const row = (what: string, microseconds: number, goal = ""): Row => ({
    what,
    slots: count,
    "median µs": Math.round(microseconds * 10) / 10,
    "goal µs": goal,
    "× warm": Math.round((microseconds / warm) * 10) / 10,
  });
  return {
    name: "slots",
    rows: [
      row("warm offsets", warm, "< 20"),
      row("cold: zone forgotten before each run", cold, "< 300"),
      row("warm, each start formatted by hand", formatted),
      row("warm, each start by Date.toISOString", withDates),
      row("a Luxon DateTime and Interval a slot", luxon),
    ],
  };
}

function scenario(): SlotFacts {
  const week = [1, 2, 3, 4, 5, 6, 7] as IsoWeekday[];
  const rules = week.flatMap((isoWeekday) => [
    { isoWeekday, startMinute: 9 * 60, endMinute: 12 * 60 },
    { isoWeekday, startMinute: 14 * 60, endMinute: 18 * 60 },
  ]);
  const busy = Array.from({ length: 300 }, (_, index) => {
    const day = Math.floor((index * WEEKS * 7) / 300);
    const start = FROM + day * DAY_MS + (8 * 60 + ((index * 97) % 36) * 15) * MINUTE_MS;
    return { start: start as Instant, end: (start + 45 * MINUTE_MS) as Instant };
  });
  return {
    now: FROM,
    schedule: { zone: ZONE, provider: { rules, exceptions: [] }, timeOff: [] },
    rules: {
      slotMinutes: 15,
      durationMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 5,
      minimumNoticeMinutes: 0,
      horizonDays: null,
    },
    busy: busy.sort((a, b) => a.start - b.start),
  };
}

/** The straightforward way: objects for everything, all busy time looked at for each slot. */
function naiveSlots({ schedule, rules, busy }: SlotFacts): number[] {
  const found: number[] = [];
  const taken = busy.map(({ start, end }) =>
    LuxonInterval.fromDateTimes(
      DateTime.fromMillis(start, { zone: schedule.zone }),
      DateTime.fromMillis(end, { zone: schedule.zone }),
    ),
  );
  for (
    let day = DateTime.fromMillis(FROM, { zone: schedule.zone }).startOf("day");
    day.toMillis() < TO;
    day = day.plus({ days: 1 })
  ) {
    for (const rule of schedule.provider.rules.filter(({ isoWeekday }) => isoWeekday === day.weekday)) {
      for (let minute = rule.startMinute; ; minute += rules.slotMinutes) {
        const start = day.set({ hour: Math.floor(minute / 60), minute: minute % 60 });
        const end = start.plus({ minutes: rules.durationMinutes });
        if (end > day.set({ hour: rule.endMinute / 60 })) break;
        if (start.toMillis() < FROM || start.toMillis() >= TO) continue;
        const wanted = LuxonInterval.fromDateTimes(
          start.minus({ minutes: rules.bufferBeforeMinutes }),
          end.plus({ minutes: rules.bufferAfterMinutes }),
        );
        if (!taken.some((other) => other.overlaps(wanted))) found.push(start.toMillis());
      }
    }
  }
  return found;
}

function medianMicroseconds(runs: number, work: () => unknown, before: () => void = () => {}): number {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    before();
    const started = process.hrtime.bigint();
    work();
    times.push(Number(process.hrtime.bigint() - started) / 1_000);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] as number;
}

if (import.meta.main) {
  const { name, rows } = await benchSlots();
  console.log(name);
  console.table(rows);
}
