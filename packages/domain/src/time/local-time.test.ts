import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test, vi } from "vitest";
import { type Instant, instant, MINUTE_MS } from "./instant.ts";
import { formatInstant } from "./iso-instant.ts";
import { localDate } from "./local-date.ts";
import { instantFromLocal, isRepeatedTime, localTimeOf } from "./local-time.ts";
import { zone } from "./zone.ts";

// wall clock → with gap forward and overlap earlier / gap skip and overlap later. "–": no such time.
const goldenTimes = [
  ["Europe/Paris", "2026-03-29", "01:30", "2026-03-29T00:30:00.000Z", "2026-03-29T00:30:00.000Z"],
  ["Europe/Paris", "2026-03-29", "02:30", "2026-03-29T01:30:00.000Z", "–"], // reads 03:30
  ["Europe/Paris", "2026-03-29", "09:00", "2026-03-29T07:00:00.000Z", "2026-03-29T07:00:00.000Z"],
  ["Europe/Paris", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  ["Europe/Paris", "2026-10-25", "09:00", "2026-10-25T08:00:00.000Z", "2026-10-25T08:00:00.000Z"],
  ["America/New_York", "2026-03-08", "02:15", "2026-03-08T07:15:00.000Z", "–"],
  ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"],
  ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00.000Z", "2026-04-04T15:15:00.000Z"],
  ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00.000Z", "–"], // reads 02:45
  ["Asia/Kathmandu", "2026-03-29", "09:00", "2026-03-29T03:15:00.000Z", "2026-03-29T03:15:00.000Z"],
  ["America/St_Johns", "2026-03-08", "02:30", "2026-03-08T06:00:00.000Z", "–"],
  ["America/St_Johns", "2026-11-01", "01:00", "2026-11-01T03:30:00.000Z", "2026-11-01T04:30:00.000Z"],
  ["Pacific/Apia", "2011-12-30", "10:00", "2011-12-30T20:00:00.000Z", "–"], // reads the 31st at 10:00
  ["Pacific/Apia", "2011-12-30", "00:00", "2011-12-30T10:00:00.000Z", "–"],
  ["Pacific/Apia", "2021-04-04", "03:30", "2021-04-03T13:30:00.000Z", "2021-04-03T14:30:00.000Z"],
  ["Pacific/Apia", "2026-04-05", "09:00", "2026-04-04T20:00:00.000Z", "2026-04-04T20:00:00.000Z"],
  ["Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15T01:30:00.000Z", "2026-02-15T02:30:00.000Z"],
  ["Africa/Casablanca", "2026-03-01", "09:00", "2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00.000Z"],
  ["Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22T02:30:00.000Z", "–"],
  ["Africa/Casablanca", "2026-03-23", "09:00", "2026-03-23T08:00:00.000Z", "2026-03-23T08:00:00.000Z"],
  ["America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00.000Z", "–"],
  ["Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:30:00.000Z", "–"],
  ["Asia/Beirut", "2026-10-24", "23:30", "2026-10-24T20:30:00.000Z", "2026-10-24T21:30:00.000Z"],
  ["Europe/Paris", "2026-03-28", "24:00", "2026-03-28T23:00:00.000Z", "2026-03-28T23:00:00.000Z"],
] as const;

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
}

const zones = [
  "Europe/Paris",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "America/St_Johns",
  "Pacific/Apia",
  "Africa/Casablanca",
  "America/Sao_Paulo",
  "UTC",
].map(zone);
const anyZone = fc.constantFrom(...zones);
const anyInstant = fc
  .integer({ min: Date.UTC(1995, 0) / MINUTE_MS, max: Date.UTC(2035, 0) / MINUTE_MS })
  .map((minutes) => instant(minutes * MINUTE_MS));

describe("instantFromLocal", () => {
  test.each(goldenTimes)("%s %s %s", (name, date, clock, forwardEarlier, skipLater) => {
    const local = { date: localDate(date), minute: minuteOf(clock), zone: zone(name) };
    expect(formatInstant(instantFromLocal({ ...local, gap: "forward", overlap: "earlier" }))).toBe(
      forwardEarlier,
    );
    const strict = instantFromLocal({ ...local, gap: "skip", overlap: "later" });
    expect(strict === null ? "–" : formatInstant(strict)).toBe(skipLater);
  });

  test("regression: a repeated time does not depend on today (Luxon 3.7.2 takes today's offset)", () => {
    const local = { date: localDate("2026-11-01"), minute: 90, zone: zone("America/New_York") };
    const ask = (today: string) => {
      vi.useFakeTimers({ now: new Date(today) });
      try {
        return {
          ours: instantFromLocal({ ...local, gap: "forward", overlap: "earlier" }),
          luxon: DateTime.fromISO("2026-11-01T01:30", { zone: local.zone }).toMillis(),
        };
      } finally {
        vi.useRealTimers();
      }
    };
    const summer = ask("2026-06-15T12:00:00Z");
    const winter = ask("2026-01-15T12:00:00Z");
    expect(summer.ours).toBe(winter.ours);
    expect(summer.luxon).not.toBe(winter.luxon); // the twin: the same question put to Luxon does move
  });

  test("refuses what is no minute of a day", () => {
    const ask = (minute: number) => () =>
      instantFromLocal({
        date: localDate("2026-01-01"),
        minute,
        zone: zone("UTC"),
        gap: "forward",
        overlap: "earlier",
      });
    for (const minute of [-1, 1441, 1.5, Number.NaN]) expect(ask(minute)).toThrow(RangeError);
    expect(ask(1440)).not.toThrow();
  });

  test("instant → wall clock → instant comes back, with the right pass of a repeated time", () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (name, at) => {
        const { date, minute } = localTimeOf(at, name);
        const back = (overlap: "earlier" | "later") =>
          instantFromLocal({ date, minute, zone: name, gap: "skip", overlap });
        expect([back("earlier"), back("later")]).toContain(at);
      }),
      { numRuns: 2_000 },
    );
  });

  test("wall clock → instant → wall clock comes back outside gaps, and moves on inside", () => {
    fc.assert(
      fc.property(anyZone, anyInstant, fc.integer({ min: 0, max: 1_439 }), (name, at, minute) => {
        const { date } = localTimeOf(at, name);
        const strict = instantFromLocal({ date, minute, zone: name, gap: "skip", overlap: "earlier" });
        const found = instantFromLocal({ date, minute, zone: name, gap: "forward", overlap: "earlier" });
        const read = localTimeOf(found, name);
        if (strict === null) expect(`${read.date} ${read.minute}` > `${date} ${minute}`).toBe(true);
        else expect(read).toMatchObject({ date, minute });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("localTimeOf", () => {
  test("reads what Luxon reads", () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (name, at: Instant) => {
        const luxon = DateTime.fromMillis(at, { zone: name });
        expect(localTimeOf(at, name)).toEqual({
          date: luxon.toISODate(),
          minute: luxon.hour * 60 + luxon.minute,
          offsetMinutes: luxon.offset,
        });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("isRepeatedTime", () => {
  test.each([
    ["Europe/Paris", "2026-10-24T23:59:59Z", false],
    ["Europe/Paris", "2026-10-25T00:00:00Z", true],
    ["Europe/Paris", "2026-10-25T00:30:00Z", true],
    ["Europe/Paris", "2026-10-25T01:30:00Z", true],
    ["Europe/Paris", "2026-10-25T01:59:59Z", true],
    ["Europe/Paris", "2026-10-25T02:00:00Z", false],
    ["Europe/Paris", "2026-03-29T01:00:00Z", false],
    // Half an hour only.
    ["Australia/Lord_Howe", "2026-04-04T14:30:00Z", true],
    ["Australia/Lord_Howe", "2026-04-04T14:29:59Z", false],
    // Over midnight: the end of the day before comes twice.
    ["America/St_Johns", "2010-11-07T01:45:00Z", true],
    ["America/Havana", "2026-11-01T04:30:00Z", true],
    ["Asia/Kathmandu", "2026-10-25T00:30:00Z", false],
  ])("%s %s: %s", (name, at, isRepeated) => {
    expect(isRepeatedTime(Date.parse(at) as Instant, zone(name))).toBe(isRepeated);
  });

  test("is so where both policies give different instants, and nowhere else", () => {
    const zones = [
      "Europe/Paris",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Africa/Cairo",
      "Pacific/Chatham",
    ].map(zone);
    const minutes = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2029, 0, 1) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (name, minute) => {
        const at = (minute * 60_000) as Instant;
        const { date, minute: reading } = localTimeOf(at, name);
        const local = { date, minute: reading, zone: name, gap: "forward" } as const;
        const [earlier, later] = [
          instantFromLocal({ ...local, overlap: "earlier" }),
          instantFromLocal({ ...local, overlap: "later" }),
        ];
        expect(isRepeatedTime(at, name)).toBe(earlier !== later);
      }),
    );
  });
});
