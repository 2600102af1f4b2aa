import { describe, expect, test } from "vitest";
import { localDate } from "../time/local-date.ts";
import { explainStart } from "./explain-start.ts";
import { at, busyFor, factsWith, hours, weekly } from "./sample-facts.fixture.ts";
import type { SlotFacts } from "./slot-facts.ts";

const TEN = "2026-06-02T08:00Z"; // Tuesday 10:00 in Paris, free in the sample
const date = localDate("2026-06-02");
const span = (start: string, minutes: number) => {
  const { start: from, end } = busyFor(start, minutes);
  return { start: from, end };
};

const cases: readonly [string, Partial<Parameters<typeof factsWith>[0]>, string, readonly unknown[]][] = [
  ["nothing", {}, TEN, []],
  ["in_past", { now: at("2026-06-02T08:01Z") }, TEN, [{ code: "in_past", now: at("2026-06-02T08:01Z") }]],
  [
    "notice",
    { now: at("2026-06-02T07:00Z"), rules: { minimumNoticeMinutes: 90 } },
    TEN,
    [{ code: "notice", earliest: at("2026-06-02T08:30Z") }],
  ],
  ["horizon", { rules: { horizonDays: 0 } }, TEN, [{ code: "horizon", lastDate: "2026-06-01" }]],
  ["off_grid", {}, "2026-06-02T08:10Z", [{ code: "off_grid", slotMinutes: 30 }]],
  [
    "closed, all of it",
    {},
    "2026-06-02T12:00Z",
    [{ code: "closed", date, interval: span("2026-06-02T12:00Z", 30) }],
  ],
  [
    "closed, the end of it",
    { rules: { durationMinutes: 60 } },
    "2026-06-02T09:30Z",
    [{ code: "closed", date, interval: span("2026-06-02T10:00Z", 30) }],
  ],
  [
    "exception_closed",
    {
      schedule: {
        provider: {
          rules: weekly([2], "09:00-12:00"),
          exceptions: [{ date, windows: [], reason: "Formation" }],
        },
      },
    },
    TEN,
    [{ code: "exception_closed", date, interval: span(TEN, 30), reason: "Formation" }],
  ],
  [
    "outside_opening, by the week",
    { schedule: { site: { rules: weekly([2], "11:00-18:00"), exceptions: [] } } },
    TEN,
    [{ code: "outside_opening", date, interval: span(TEN, 30), reason: null }],
  ],
  [
    "outside_opening, by an exception",
    {
      schedule: {
        site: { rules: [], exceptions: [{ date, windows: [hours("14:00-18:00")], reason: "Travaux" }] },
      },
    },
    TEN,
    [{ code: "outside_opening", date, interval: span(TEN, 30), reason: "Travaux" }],
  ],
  [
    "time_off",
    { schedule: { timeOff: [{ ...span("2026-06-02T08:15Z", 600), reason: "Congé" }] } },
    TEN,
    [{ code: "time_off", interval: span("2026-06-02T08:15Z", 600), reason: "Congé" }],
  ],
  [
    "busy",
    { busy: [busyFor("2026-06-02T08:15Z", 30, { id: "a1" })] },
    TEN,
    [{ code: "busy", busy: busyFor("2026-06-02T08:15Z", 30, { id: "a1" }) }],
  ],
  [
    "busy by a hold",
    { busy: [busyFor(TEN, 30, { kind: "hold" })] },
    TEN,
    [{ code: "busy", busy: busyFor(TEN, 30, { kind: "hold" }) }],
  ],
  [
    "external_busy",
    { busy: [busyFor(TEN, 5, { kind: "external" })] },
    TEN,
    [{ code: "external_busy", busy: busyFor(TEN, 5, { kind: "external" }) }],
  ],
  [
    "buffer",
    { busy: [busyFor("2026-06-02T08:30Z", 30)], rules: { bufferAfterMinutes: 5 } },
    TEN,
    [{ code: "buffer", busy: busyFor("2026-06-02T08:30Z", 30) }],
  ],
  [
    "room_taken",
    { rooms: [{ roomId: "r1", busy: [busyFor("2026-06-02T08:20Z", 30)] }] },
    TEN,
    [{ code: "room_taken", rooms: [{ roomId: "r1", busy: busyFor("2026-06-02T08:20Z", 30) }] }],
  ],
  ["room_taken for want of a room", { rooms: [] }, TEN, [{ code: "room_taken", rooms: [] }]],
  [
    "daily_limit",
    { dailyLimit: { limit: 2, counts: new Map([[date, 5]]) } },
    TEN,
    [{ code: "daily_limit", date, limit: 2, count: 5 }],
  ],
  [
    "service_not_offered",
    { offer: { isOffered: false, missingSkills: [] } },
    TEN,
    [{ code: "service_not_offered" }],
  ],
  [
    "skill_missing",
    { offer: { isOffered: true, missingSkills: ["Gaz"] } },
    TEN,
    [{ code: "skill_missing", skills: ["Gaz"] }],
  ],
];

describe("explainStart", () => {
  test.each(cases)("%s", (_, changes, start, expected) => {
    expect(explainStart(factsWith(changes), at(start))).toEqual(expected);
  });

  test("gives every reason, not the first", () => {
    const facts: SlotFacts = factsWith({
      now: at("2026-06-03T00:00Z"),
      busy: [busyFor("2026-06-02T12:00Z", 5), busyFor("2026-06-02T12:10Z", 30, { kind: "external" })],
      rooms: [],
      offer: { isOffered: false, missingSkills: ["VL"] },
      dailyLimit: { limit: 0, counts: new Map() },
      schedule: {
        timeOff: [span("2026-06-02T00:00Z", 1_440)],
        site: { rules: weekly([1], "09:00-10:00"), exceptions: [] },
      },
    });
    expect(explainStart(facts, at("2026-06-02T12:01Z")).map(({ code }) => code)).toEqual([
      "service_not_offered",
      "skill_missing",
      "in_past",
      "off_grid",
      "closed",
      "outside_opening",
      "time_off",
      "busy",
      "external_busy",
      "room_taken",
      "daily_limit",
    ]);
  });

  test("an appointment across midnight is explained date by date", () => {
    const provider = {
      rules: weekly([2], "23:00-23:30"),
      exceptions: [{ date: localDate("2026-06-03"), windows: [] }],
    };
    const facts = factsWith({ schedule: { provider }, rules: { durationMinutes: 120 } });
    expect(explainStart(facts, at("2026-06-02T21:00Z"))).toEqual([
      { code: "closed", date, interval: span("2026-06-02T21:30Z", 30) },
      { code: "exception_closed", date: "2026-06-03", interval: span("2026-06-02T22:00Z", 60), reason: null },
    ]);
  });
});
