import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { type Interval, intervalsOverlap } from "../time/interval.ts";
import { intervalsContain } from "../time/interval-list.ts";
import type { IsoWeekday, LocalDate } from "../time/local-date.ts";
import { zone } from "../time/zone.ts";
import { busySpan } from "./busy-time.ts";
import { explainStart } from "./explain-start.ts";
import { firstFree, nearestFree } from "./first-free.ts";
import { openTime } from "./open-time.ts";
import type { MinuteWindow, OpeningHours } from "./opening-hours.ts";
import type { SlotFacts } from "./slot-facts.ts";
import { slots } from "./slots.ts";

// Two and a half days around a change of clock (or none), on a lattice of five minutes, which every offset here divides.
const LATTICE_MS = 5 * MINUTE_MS;
const changes = [
  ["Europe/Paris", "2026-03-28T00:00Z"],
  ["Europe/Paris", "2026-10-24T00:00Z"],
  ["America/New_York", "2026-03-07T12:00Z"],
  ["America/New_York", "2026-10-31T12:00Z"],
  ["Australia/Lord_Howe", "2026-04-03T18:00Z"],
  ["Australia/Lord_Howe", "2026-10-02T18:00Z"],
  ["Asia/Kathmandu", "2026-03-28T00:00Z"],
  ["America/St_Johns", "2026-03-07T12:00Z"],
  ["America/St_Johns", "2026-10-31T12:00Z"],
  ["Pacific/Apia", "2011-12-29T00:00Z"],
  ["Pacific/Apia", "2021-04-02T18:00Z"],
  ["Africa/Casablanca", "2026-02-14T00:00Z"],
  ["Africa/Casablanca", "2026-03-21T00:00Z"],
  ["Africa/Cairo", "2026-04-23T00:00Z"],
  ["America/Sao_Paulo", "2018-11-03T12:00Z"],
] as const;

const anyMinute = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15);
const anyWindow = fc
  .tuple(anyMinute, anyMinute)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ startMinute: Math.min(a, b), endMinute: Math.max(a, b) }));
const wholeDay = { startMinute: 0, endMinute: 1_440 };
const weekdays = [1, 2, 3, 4, 5, 6, 7] as IsoWeekday[];

/** Now and then the whole week, so that open time runs over midnights and changes of clock. */
const anyRules = (least: number) =>
  fc.oneof(
    fc.constant(weekdays.map((isoWeekday) => ({ isoWeekday, ...wholeDay }))),
    fc.array(
      fc
        .tuple(fc.constantFrom(...weekdays), anyWindow)
        .map(([isoWeekday, window]) => ({ isoWeekday, ...window })),
      { minLength: least, maxLength: 14 },
    ),
  );

function anyHours(dates: readonly LocalDate[], least: number): fc.Arbitrary<OpeningHours> {
  const anyException = fc.record({
    date: fc.constantFrom(...dates),
    windows: fc.array(anyWindow, { maxLength: 2 }),
    reason: fc.constant("Fermé"),
  });
  return fc.record({
    rules: anyRules(least),
    exceptions: fc.oneof(fc.constant([]), fc.array(anyException, { maxLength: 1 })),
  });
}

type Scene = { readonly facts: SlotFacts; readonly from: Instant; readonly to: Instant };

const anyScene: fc.Arbitrary<Scene> = fc.constantFrom(...changes).chain(([name, text]) => {
  const from = Date.parse(text) as Instant;
  const to = (from + 2.5 * DAY_MS) as Instant;
  const dates = [0, 1, 2, 3].map(
    (day) => DateTime.fromMillis(from + day * DAY_MS, { zone: name }).toISODate() as LocalDate,
  );
  const anySpan = (longest: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: (to - from) / LATTICE_MS }), fc.integer({ min: 0, max: longest }))
      .map(([at, length]) => ({
        start: (from + at * LATTICE_MS) as Instant,
        end: (from + (at + length) * LATTICE_MS) as Instant,
      }));
  const anyBusy = fc.array(
    fc
      .tuple(anySpan(24), fc.constantFrom("appointment", "hold", "external"))
      .map(([span, kind]) => ({ ...span, kind })),
    { maxLength: 8 },
  ) as fc.Arbitrary<SlotFacts["busy"]>;
  return fc
    .record({
      now: fc.integer({ min: -300, max: 100 }).map((steps) => (from + steps * LATTICE_MS) as Instant),
      busy: anyBusy,
      schedule: fc.record({
        zone: fc.constant(zone(name)),
        provider: anyHours(dates, 3),
        site: fc.option(anyHours(dates, 0)),
        timeOff: fc.array(anySpan(48), { maxLength: 2 }),
      }),
      rules: fc.record({
        slotMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 50, 60),
        durationMinutes: fc.constantFrom(5, 15, 30, 45, 60, 90, 180),
        bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 15, 60),
        bufferAfterMinutes: fc.constantFrom(0, 0, 5, 10, 30),
        minimumNoticeMinutes: fc.constantFrom(0, 0, 0, 60, 1_440),
        horizonDays: fc.constantFrom(null, 1, 2, 30),
      }),
      rooms: fc.option(
        fc
          .array(anyBusy, { minLength: 1, maxLength: 3 })
          .map((all) => all.map((busy, index) => ({ roomId: `room-${index}`, busy }))),
        { freq: 2 },
      ),
      dailyLimit: fc.option(
        fc
          .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(...dates))
          .map(([limit, count, date]) => ({ limit, counts: new Map([[date, count]]) })),
        { freq: 2 },
      ),
    })
    .map((facts) => ({ facts, from, to }));
});

function lattice({ from, to }: Scene): Instant[] {
  return Array.from({ length: (to - from) / LATTICE_MS }, (_, step) => (from + step * LATTICE_MS) as Instant);
}

describe("slots", () => {
  test("a start is offered exactly when nothing explains why not", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const offered = slots(scene);
        const unexplained = lattice(scene).filter((start) => explainStart(scene.facts, start).length === 0);
        expect(offered).toEqual(unexplained);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test("the scenes are not empty: many have slots, and every reason occurs", () => {
    const seen = new Set<string>();
    let withSlots = 0;
    for (const scene of fc.sample(anyScene, { numRuns: 200, seed: 7 })) {
      if (slots(scene).length > 0) withSlots++;
      for (const start of lattice(scene))
        for (const { code } of explainStart(scene.facts, start)) seen.add(code);
    }
    expect(withSlots).toBeGreaterThan(100);
    expect([...seen].sort()).toEqual(
      [
        "buffer",
        "busy",
        "closed",
        "daily_limit",
        "exception_closed",
        "external_busy",
        "horizon",
        "in_past",
        "notice",
        "off_grid",
        "outside_opening",
        "room_taken",
        "time_off",
      ].sort(),
    );
  }, 60_000);

  test("an offered start keeps clear of busy time, buffers and all, and inside open time", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { facts, from, to } = scene;
        const open = openTime({
          schedule: facts.schedule,
          window: { start: from, end: (to + DAY_MS) as Instant },
        });
        for (const start of slots(scene)) {
          const end = (start + facts.rules.durationMinutes * MINUTE_MS) as Instant;
          expect(intervalsContain(open, { start, end })).toBe(true);
          const occupied = busySpan(start, end, facts.rules);
          expect(facts.busy.some((other) => intervalsOverlap(other, occupied))).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("open time is what a plain reading of the wall clock says, minute by minute", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { facts, from, to } = scene;
        const open = openTime({ schedule: facts.schedule, window: { start: from, end: to } });
        for (const at of lattice(scene)) {
          const step: Interval = { start: at, end: (at + 1) as Instant };
          expect(intervalsContain(open, step)).toBe(isOpenByTheWall(facts, at));
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("busy time in any order gives the same slots", () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const sorted = scene.facts.busy.toSorted((a, b) => a.start - b.start);
        expect(slots({ ...scene, facts: { ...scene.facts, busy: sorted } })).toEqual(slots(scene));
      }),
    );
  });
});

describe("first and nearest", () => {
  test("the first free start is the first slot", () => {
    fc.assert(
      fc.property(anyScene, ({ facts, from, to }) => {
        const first = firstFree(facts, from);
        const expected = slots({ facts, from, to })[0] ?? null;
        if (expected !== null) expect(first).toBe(expected);
        else expect(first === null || first >= to).toBe(true);
      }),
    );
  });

  test("the nearest starts are the nearest of all slots", () => {
    fc.assert(
      fc.property(anyScene, fc.nat({ max: 700 }), (scene, step) => {
        const wanted = (scene.from + step * LATTICE_MS) as Instant;
        const facts = { ...scene.facts, rules: { ...scene.facts.rules, horizonDays: 20 } };
        const around = { from: (wanted - 40 * DAY_MS) as Instant, to: (wanted + 40 * DAY_MS) as Instant };
        const all = slots({ facts, ...around }).filter((start) => start !== wanted);
        const byDistance = all.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
        expect(nearestFree({ facts, wanted })).toEqual(byDistance.slice(0, 3).toSorted((a, b) => a - b));
      }),
    );
  });
});

/** An independent reading: Luxon says what the wall clock shows, the rules say whether that is open. */
function isOpenByTheWall({ schedule }: SlotFacts, at: Instant): boolean {
  const wall = DateTime.fromMillis(at, { zone: schedule.zone });
  const date = wall.toISODate() as LocalDate;
  const minute = wall.hour * 60 + wall.minute;
  const shows = (window: MinuteWindow) => window.startMinute <= minute && minute < window.endMinute;
  const isOpen = (hours: OpeningHours, otherwise: boolean) => {
    const exception = hours.exceptions.find((one) => one.date === date);
    if (exception) return exception.windows.some(shows);
    if (hours.rules.length === 0) return otherwise;
    return hours.rules.some((rule) => rule.isoWeekday === wall.weekday && shows(rule));
  };
  if (schedule.timeOff.some(({ start, end }) => start <= at && at < end)) return false;
  return isOpen(schedule.provider, false) && (schedule.site ? isOpen(schedule.site, true) : true);
}
