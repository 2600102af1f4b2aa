import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { formatInstant } from "../time/iso-instant.ts";
import { localDate } from "../time/local-date.ts";
import { zone } from "../time/zone.ts";
import { at, busyFor, factsWith, hours, weekly } from "./sample-facts.fixture.ts";
import type { SlotFacts } from "./slot-facts.ts";
import { slots } from "./slots.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7];

function utc(facts: SlotFacts, from: string, to: string): string[] {
  return slots({ facts, from: at(from), to: at(to) }).map((start) => formatInstant(start).slice(0, 16));
}

/** The Tuesday of the sample, as wall-clock times in Paris. */
function tuesday(facts: SlotFacts): string {
  return slots({ facts, from: at("2026-06-02T00:00:00Z"), to: at("2026-06-03T00:00:00Z") })
    .map((start) => DateTime.fromMillis(start, { zone: "Europe/Paris" }).toFormat("HH:mm"))
    .join(" ");
}

describe("a plain day", () => {
  test.each<[string, SlotFacts, string]>([
    ["nothing in the way", factsWith(), "09:00 09:30 10:00 10:30 11:00 11:30"],
    ["an hour needs an hour", factsWith({ rules: { durationMinutes: 60 } }), "09:00 09:30 10:00 10:30 11:00"],
    [
      "busy 10:00–10:30",
      factsWith({ busy: [busyFor("2026-06-02T08:00Z", 30)] }),
      "09:00 09:30 10:30 11:00 11:30",
    ],
    [
      "busy 10:10–10:20 costs one slot",
      factsWith({ busy: [busyFor("2026-06-02T08:10Z", 10)] }),
      "09:00 09:30 10:30 11:00 11:30",
    ],
    [
      "buffer after: 10:00 is too near",
      factsWith({ busy: [busyFor("2026-06-02T08:30Z", 30)], rules: { bufferAfterMinutes: 5 } }),
      "09:00 09:30 11:00 11:30",
    ],
    [
      "buffer before: 11:00 is too near",
      factsWith({ busy: [busyFor("2026-06-02T08:30Z", 30)], rules: { bufferBeforeMinutes: 5 } }),
      "09:00 09:30 10:00 11:30",
    ],
    [
      "buffers may lie outside the open time",
      factsWith({ rules: { bufferBeforeMinutes: 60, bufferAfterMinutes: 60 } }),
      "09:00 09:30 10:00 10:30 11:00 11:30",
    ],
    [
      "a buffer outside the open time still has to be free",
      factsWith({ busy: [busyFor("2026-06-02T10:00Z", 30)], rules: { bufferAfterMinutes: 10 } }), // 12:00–12:30
      "09:00 09:30 10:00 10:30 11:00",
    ],
    [
      "busy time in disorder, overlapping, empty",
      factsWith({
        busy: [
          busyFor("2026-06-02T09:00Z", 10),
          busyFor("2026-06-02T07:00Z", 30),
          busyFor("2026-06-02T07:10Z", 5),
          busyFor("2026-06-02T08:00Z", 0),
        ],
      }),
      "09:30 10:00 10:30 11:30",
    ],
    [
      "notice",
      factsWith({ now: at("2026-06-02T06:00Z"), rules: { minimumNoticeMinutes: 120 } }),
      "10:00 10:30 11:00 11:30",
    ],
    ["now itself can be booked", factsWith({ now: at("2026-06-02T09:00Z") }), "11:00 11:30"],
    ["a moment later it cannot", factsWith({ now: at("2026-06-02T09:00:00.001Z") }), "11:30"],
    [
      "horizon 1 holds the whole of tomorrow",
      factsWith({ rules: { horizonDays: 1 } }),
      "09:00 09:30 10:00 10:30 11:00 11:30",
    ],
    ["horizon 0 is today", factsWith({ rules: { horizonDays: 0 } }), ""],
    [
      "time off",
      factsWith({ schedule: { timeOff: [busyFor("2026-06-02T07:45Z", 30)] } }),
      "09:00 10:30 11:00 11:30",
    ],
    [
      "site opening hours",
      factsWith({ schedule: { site: { rules: weekly([2], "08:00-10:30"), exceptions: [] } } }),
      "09:00 09:30 10:00",
    ],
    [
      "a site that states no hours restricts nothing",
      factsWith({ schedule: { site: { rules: [], exceptions: [] } } }),
      "09:00 09:30 10:00 10:30 11:00 11:30",
    ],
    [
      "a site closed on the date",
      factsWith({
        schedule: { site: { rules: [], exceptions: [{ date: localDate("2026-06-02"), windows: [] }] } },
      }),
      "",
    ],
    [
      "a site closed on another date",
      factsWith({
        schedule: { site: { rules: [], exceptions: [{ date: localDate("2026-06-03"), windows: [] }] } },
      }),
      "09:00 09:30 10:00 10:30 11:00 11:30",
    ],
    [
      "daily limit reached",
      factsWith({ dailyLimit: { limit: 3, counts: new Map([[localDate("2026-06-02"), 3]]) } }),
      "",
    ],
    [
      "daily limit not reached",
      factsWith({ dailyLimit: { limit: 3, counts: new Map([[localDate("2026-06-02"), 2]]) } }),
      "09:00 09:30 10:00 10:30 11:00 11:30",
    ],
    ["a limit of none", factsWith({ dailyLimit: { limit: 0, counts: new Map() } }), ""],
    ["service not offered", factsWith({ offer: { isOffered: false, missingSkills: [] } }), ""],
    ["skill missing", factsWith({ offer: { isOffered: true, missingSkills: ["VL"] } }), ""],
    ["no room exists", factsWith({ rooms: [] }), ""],
    [
      "one of two rooms is enough",
      factsWith({
        rooms: [
          { roomId: "a", busy: [busyFor("2026-06-02T07:00Z", 90)] }, // 9:00–10:30
          { roomId: "b", busy: [busyFor("2026-06-02T08:00Z", 60)] }, // 10:00–11:00
        ],
      }),
      "09:00 09:30 10:30 11:00 11:30",
    ],
    [
      "the same room has to be free for the whole appointment",
      factsWith({
        rules: { durationMinutes: 60 },
        rooms: [
          { roomId: "a", busy: [busyFor("2026-06-02T07:00Z", 60)] }, // free from 10:00
          { roomId: "b", busy: [busyFor("2026-06-02T08:00Z", 120)] }, // free until 10:00
        ],
      }),
      "09:00 10:00 10:30 11:00",
    ],
  ])("%s", (_, facts, expected) => {
    expect(tuesday(facts)).toBe(expected);
  });

  test("an exception replaces the hours of its date", () => {
    const exceptions = [
      { date: localDate("2026-06-02"), windows: [hours("14:00-15:00")], reason: "Formation" },
    ];
    const provider = { rules: weekly([2], "09:00-12:00"), exceptions };
    expect(tuesday(factsWith({ schedule: { provider } }))).toBe("14:00 14:30");
  });

  test("a closed exception wins over another on its date", () => {
    const date = localDate("2026-06-02");
    const provider = {
      rules: [],
      exceptions: [
        { date, windows: [hours("14:00-15:00")] },
        { date, windows: [] },
      ],
    };
    expect(tuesday(factsWith({ schedule: { provider } }))).toBe("");
    const open = { rules: [], exceptions: provider.exceptions.slice(0, 1) };
    expect(tuesday(factsWith({ schedule: { provider: open } }))).toBe("14:00 14:30");
  });

  test("a rule counts from its first to its last date, both included", () => {
    const dated = weekly(everyDay, "09:00-09:30").map((rule) => ({
      ...rule,
      validFrom: localDate("2026-06-03"),
      validTo: localDate("2026-06-05"),
    }));
    const facts = factsWith({ schedule: { provider: { rules: dated, exceptions: [] } } });
    expect(utc(facts, "2026-06-01T00:00Z", "2026-06-10T00:00Z")).toEqual([
      "2026-06-03T07:00",
      "2026-06-04T07:00",
      "2026-06-05T07:00",
    ]);
  });

  test("an appointment can lie across midnight when both dates are open there", () => {
    const rules = [...weekly([2], "23:00-24:00"), ...weekly([3], "00:00-01:00")];
    const facts = factsWith({
      schedule: { provider: { rules, exceptions: [] } },
      rules: { durationMinutes: 60 },
    });
    expect(utc(facts, "2026-06-02T00:00Z", "2026-06-04T00:00Z")).toEqual([
      "2026-06-02T21:00",
      "2026-06-02T21:30",
      "2026-06-02T22:00",
    ]);
  });

  test("regression: a step over midnight skipped the first start of the next date (grid that does not divide the day)", () => {
    const rules = weekly([2, 3], "00:00-24:00");
    const facts = factsWith({
      schedule: { provider: { rules, exceptions: [] } },
      rules: { slotMinutes: 500 },
    });
    expect(utc(facts, "2026-06-01T22:00Z", "2026-06-03T22:00Z")).toEqual([
      "2026-06-01T22:00",
      "2026-06-02T06:20",
      "2026-06-02T14:40",
      "2026-06-02T22:00",
      "2026-06-03T06:20",
      "2026-06-03T14:40",
    ]);
  });

  test("stops at the limit asked for, and its arguments stay as they were", () => {
    const facts = factsWith({ busy: [busyFor("2026-06-02T08:30Z", 30), busyFor("2026-06-02T07:00Z", 30)] });
    Object.freeze(facts.busy);
    const query = { facts, from: at("2026-06-02T00:00Z"), to: at("2026-06-03T00:00Z") };
    expect(slots({ ...query, limit: 2 })).toEqual(slots(query).slice(0, 2));
  });

  test.each([
    { slotMinutes: 0 },
    { durationMinutes: 0 },
    { durationMinutes: 1.5 },
    { bufferAfterMinutes: -5 },
  ])("refuses rules that cannot be walked: %j", (rules) => {
    expect(() => tuesday(factsWith({ rules }))).toThrow(RangeError);
    expect(() => tuesday(factsWith())).not.toThrow();
  });
});

describe("wall-clock times never drift", () => {
  // First slot of the day in UTC, the day before a change, the day itself, the day after. Rule: 9:00 every day.
  test.each([
    ["Europe/Paris", "2026-03-28", "08:00 07:00 07:00"],
    ["Europe/Paris", "2026-10-24", "07:00 08:00 08:00"],
    ["America/New_York", "2026-03-07", "14:00 13:00 13:00"],
    ["America/New_York", "2026-10-31", "13:00 14:00 14:00"],
    ["Australia/Lord_Howe", "2026-04-04", "22:00 22:30 22:30"], // of the UTC day before
    ["Australia/Lord_Howe", "2026-10-03", "22:30 22:00 22:00"],
    ["Asia/Kathmandu", "2026-03-28", "03:15 03:15 03:15"],
    ["America/St_Johns", "2026-03-07", "12:30 11:30 11:30"],
    ["America/St_Johns", "2026-10-31", "11:30 12:30 12:30"],
    ["Pacific/Apia", "2021-04-03", "19:00 20:00 20:00"],
    ["Pacific/Apia", "2026-04-04", "20:00 20:00 20:00"],
    ["Africa/Casablanca", "2026-02-14", "08:00 09:00 09:00"],
    ["Africa/Casablanca", "2026-03-21", "09:00 08:00 08:00"],
  ])("9:00 in %s from %s", (name, dayBefore, expected) => {
    const day = DateTime.fromISO(dayBefore, { zone: name });
    const facts = factsWith({
      now: day.toMillis() as never,
      schedule: { zone: zone(name), provider: { rules: weekly(everyDay, "09:00-09:30"), exceptions: [] } },
    });
    const found = slots({ facts, from: facts.now, to: day.plus({ days: 3 }).toMillis() as never });
    expect(found.map((start) => formatInstant(start).slice(11, 16)).join(" ")).toBe(expected);
  });

  // Every half-hour start of a night open 00:00–04:00, in UTC, and what the wall clock reads.
  test.each([
    [
      "Europe/Paris",
      "2026-03-29",
      "00:00 00:30 01:00 01:30 03:00 03:30",
      "2026-03-28T23:00 23:30 2026-03-29T00:00 00:30 01:00 01:30",
    ],
    [
      "Europe/Paris",
      "2026-10-25",
      "00:00 00:30 01:00 01:30 02:00 02:30 02:00 02:30 03:00 03:30",
      "2026-10-24T22:00 22:30 23:00 23:30 2026-10-25T00:00 00:30 01:00 01:30 02:00 02:30",
    ],
    [
      "America/St_Johns",
      "2026-03-08",
      "00:00 00:30 01:00 01:30 03:00 03:30",
      "2026-03-08T03:30 04:00 04:30 05:00 05:30 06:00",
    ],
    [
      "Australia/Lord_Howe", // back from 02:00 to 01:30: the half hour comes twice
      "2026-04-05",
      "00:00 00:30 01:00 01:30 01:30 02:00 02:30 03:00 03:30",
      "2026-04-04T13:00 13:30 14:00 14:30 15:00 15:30 16:00 16:30 17:00",
    ],
    [
      "Australia/Lord_Howe", // forward from 02:00 to 02:30
      "2026-10-04",
      "00:00 00:30 01:00 01:30 02:30 03:00 03:30",
      "2026-10-03T13:30 14:00 14:30 15:00 15:30 16:00 16:30",
    ],
    [
      "Africa/Cairo", // midnight does not exist
      "2026-04-24",
      "01:00 01:30 02:00 02:30 03:00 03:30",
      "2026-04-23T22:00 22:30 23:00 23:30 2026-04-24T00:00 00:30",
    ],
    [
      "Africa/Casablanca",
      "2026-02-15",
      "00:00 00:30 01:00 01:30 02:00 02:30 02:00 02:30 03:00 03:30",
      "2026-02-14T23:00 23:30 2026-02-15T00:00 00:30 01:00 01:30 02:00 02:30 03:00 03:30",
    ],
    ["Pacific/Apia", "2011-12-30", "", ""],
    [
      "Asia/Kathmandu",
      "2026-03-29",
      "00:00 00:30 01:00 01:30 02:00 02:30 03:00 03:30",
      "2026-03-28T18:15 18:45 19:15 19:45 20:15 20:45 21:15 21:45",
    ],
  ])("the night in %s of %s", (name, date, wall, expected) => {
    const exceptions = [{ date: localDate(date), windows: [hours("00:00-04:00")] }];
    const provider = { rules: [], exceptions };
    const from = DateTime.fromISO(date, { zone: "utc" }).minus({ days: 1 }).toMillis() as never;
    const to = DateTime.fromISO(date, { zone: "utc" }).plus({ days: 2 }).toMillis() as never;
    const facts = factsWith({ now: from, schedule: { zone: zone(name), provider } });
    const found = slots({ facts, from, to });
    expect(found.map((start) => DateTime.fromMillis(start, { zone: name }).toFormat("HH:mm")).join(" ")).toBe(
      wall,
    );
    let lastDate = "";
    const short = found.map((start) => {
      const [day, clock] = formatInstant(start).slice(0, 16).split("T") as [string, string];
      const text = day === lastDate ? clock : `${day}T${clock}`;
      lastDate = day;
      return text;
    });
    expect(short.join(" ")).toBe(expected);
  });

  test("a window over part of the repeated hour is open on both passes and closed between", () => {
    const provider = {
      rules: [],
      exceptions: [{ date: localDate("2026-10-25"), windows: [hours("02:00-02:30")] }],
    };
    const facts = factsWith({ now: at("2026-10-24T00:00Z"), schedule: { provider } });
    expect(utc(facts, "2026-10-24T00:00Z", "2026-10-26T00:00Z")).toEqual([
      "2026-10-25T00:00",
      "2026-10-25T01:00",
    ]);
  });

  test("a window inside the skipped hour opens nothing, and one that begins there opens at its end", () => {
    const on = (window: string) => {
      const provider = {
        rules: [],
        exceptions: [{ date: localDate("2026-03-29"), windows: [hours(window)] }],
      };
      return utc(
        factsWith({ now: at("2026-03-28T00:00Z"), schedule: { provider } }),
        "2026-03-28T00:00Z",
        "2026-03-30T00:00Z",
      );
    };
    expect(on("02:00-03:00")).toEqual([]);
    expect(on("02:30-03:30")).toEqual(["2026-03-29T01:00"]);
  });

  test("an hour on a 60-minute grid in a zone of 30-minute changes stays on the hour", () => {
    const provider = { rules: weekly([7], "00:00-06:00"), exceptions: [] };
    const facts = factsWith({
      now: at("2026-10-03T00:00Z"),
      schedule: { zone: zone("Australia/Lord_Howe"), provider },
      rules: { slotMinutes: 60 },
    });
    const found = slots({ facts, from: at("2026-10-03T00:00Z"), to: at("2026-10-04T12:00Z") });
    const wall = found.map((start) =>
      DateTime.fromMillis(start, { zone: "Australia/Lord_Howe" }).toFormat("HH:mm"),
    );
    expect(wall).toEqual(["00:00", "01:00", "03:00", "04:00", "05:00"]); // 02:00 does not exist
  });
});
