import { describe, expect, it } from "vitest";
import {
  copyDay,
  type DraftRule,
  draftRule,
  isSameWeek,
  nextWindow,
  periodsOf,
  toRules,
  windowProblems,
  windowsOf,
} from "./week-draft.ts";

const always = { validFrom: null, validTo: null };

function window(isoWeekday: number, start: number | null, end: number | null, period = {}): DraftRule {
  return draftRule({ isoWeekday, startMinute: start, endMinute: end, ...always, ...period });
}

describe("windowProblems", () => {
  it("finds nothing in windows that touch, and in a day up to midnight", () => {
    expect(windowProblems([window(1, 540, 720), window(1, 720, 1440), window(2, 0, 1440)]).size).toBe(0);
  });

  it("names the field of a missing time and of an end before its start", () => {
    const rules = [window(1, null, 720), window(2, 540, null), window(3, 1320, 360)];
    expect([...windowProblems(rules)]).toEqual([
      [rules[0]?.key, { field: "startMinute", problem: "time" }],
      [rules[1]?.key, { field: "endMinute", problem: "time" }],
      [rules[2]?.key, { field: "endMinute", problem: "order" }],
    ]);
  });

  it("tells the later of two overlapping windows which one it meets", () => {
    const [late, early] = [window(1, 700, 800), window(1, 540, 720)];
    expect([...windowProblems([late, early])]).toEqual([
      [late.key, { field: "startMinute", problem: "overlap", with: early }],
    ]);
  });

  it("sees overlaps across periods only where both count", () => {
    const summer = { validFrom: "2027-07-01", validTo: "2027-08-31" };
    expect(windowProblems([window(1, 540, 720), window(1, 600, 780, summer)]).size).toBe(1);
    const until = { validFrom: null, validTo: "2027-06-30" };
    expect(windowProblems([window(1, 540, 720, until), window(1, 600, 780, summer)]).size).toBe(0);
  });
});

describe("isSameWeek", () => {
  it("ignores the order and the keys, and nothing else", () => {
    const week = [window(1, 540, 720), window(2, 540, 720)];
    expect(isSameWeek(week, [window(2, 540, 720), window(1, 540, 720)])).toBe(true);
    expect(isSameWeek(week, [window(2, 540, 720)])).toBe(false);
    expect(isSameWeek(week, [window(1, 540, 720), window(2, 540, 721)])).toBe(false);
    expect(isSameWeek(week, [window(1, 540, 720), window(2, 540, 720, { validTo: "2027-01-01" })])).toBe(
      false,
    );
  });
});

describe("nextWindow", () => {
  it("offers a morning, then an afternoon, then an hour after the last, until the day is full", () => {
    expect(nextWindow([])).toEqual({ startMinute: 540, endMinute: 720 });
    expect(nextWindow([{ startMinute: 480, endMinute: 700 }])).toEqual({ startMinute: 840, endMinute: 1080 });
    expect(nextWindow([{ startMinute: 840, endMinute: 1080 }])).toEqual({
      startMinute: 1140,
      endMinute: 1260,
    });
    expect(nextWindow([{ startMinute: 840, endMinute: 1360 }])).toEqual({
      startMinute: 1380,
      endMinute: 1440,
    });
    expect(nextWindow([{ startMinute: 0, endMinute: 1440 }])).toBeNull();
  });
});

describe("copyDay", () => {
  it("replaces the other days' windows of the same period and leaves the rest", () => {
    const summer = { validFrom: "2027-07-01", validTo: "2027-08-31" };
    const rules = [window(1, 540, 720), window(1, 840, 1080), window(2, 0, 60), window(2, 0, 60, summer)];
    const copied = copyDay(rules, { isoWeekday: 1, period: always, to: [1, 2, 5] });
    const times = (
      isoWeekday: number,
      period = always as { validFrom: string | null; validTo: string | null },
    ) =>
      windowsOf(copied, { isoWeekday, period }).map(({ startMinute, endMinute }) => [startMinute, endMinute]);
    const both = [
      [540, 720],
      [840, 1080],
    ];
    expect([times(1), times(2), times(5), times(3)]).toEqual([both, both, both, []]);
    expect(times(2, summer)).toEqual([[0, 60]]);
    expect(new Set(copied.map(({ key }) => key)).size).toBe(copied.length);
  });

  it("copies a closed day as closed", () => {
    expect(copyDay([window(2, 540, 720)], { isoWeekday: 1, period: always, to: [2] })).toEqual([]);
  });
});

it("lists periods as they begin, and one without bounds when there is no window", () => {
  expect(periodsOf([])).toEqual([always]);
  const later = { validFrom: "2027-09-01", validTo: null };
  const before = { validFrom: null, validTo: "2027-08-31" };
  expect(periodsOf([window(1, 0, 60, later), window(2, 0, 60, before), window(3, 0, 60, later)])).toEqual([
    before,
    later,
  ]);
});

it("gives the API what it takes, without keys", () => {
  expect(toRules([window(1, 540, 720)])).toEqual([
    { isoWeekday: 1, startMinute: 540, endMinute: 720, ...always },
  ]);
});
