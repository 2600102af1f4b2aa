import { describe, expect, test } from "vitest";
import { HOUR_MS, type Instant, MINUTE_MS } from "./instant.ts";
import { formatInstant } from "./iso-instant.ts";
import { localDate } from "./local-date.ts";
import { zone } from "./zone.ts";
import { segmentAt, zoneDay, zoneSegments } from "./zone-day.ts";
import { createZoneMemory, forgetZones } from "./zone-memory.ts";

// Checked by hand against the published rules. "change": instant, then offset before and after, in minutes.
const goldenDays = [
  ["Europe/Paris", "2026-03-28", "2026-03-27T23:00:00.000Z", 24, ""],
  ["Europe/Paris", "2026-03-29", "2026-03-28T23:00:00.000Z", 23, "2026-03-29T01:00:00.000Z 60 120"],
  ["Europe/Paris", "2026-10-25", "2026-10-24T22:00:00.000Z", 25, "2026-10-25T01:00:00.000Z 120 60"],
  ["America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z", 23, "2026-03-08T07:00:00.000Z -300 -240"],
  ["America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", 25, "2026-11-01T06:00:00.000Z -240 -300"],
  ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00.000Z", 24.5, "2026-04-04T15:00:00.000Z 660 630"],
  ["Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00.000Z", 23.5, "2026-10-03T15:30:00.000Z 630 660"],
  ["Asia/Kathmandu", "2026-03-29", "2026-03-28T18:15:00.000Z", 24, ""],
  ["Asia/Kathmandu", "2026-10-25", "2026-10-24T18:15:00.000Z", 24, ""],
  ["America/St_Johns", "2026-03-08", "2026-03-08T03:30:00.000Z", 23, "2026-03-08T05:30:00.000Z -210 -150"],
  ["America/St_Johns", "2026-11-01", "2026-11-01T02:30:00.000Z", 25, "2026-11-01T04:30:00.000Z -150 -210"],
  ["Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00.000Z", 24, ""],
  ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z", 0, ""], // the date that never was
  ["Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z", 24, "2011-12-30T10:00:00.000Z -600 840"],
  ["Pacific/Apia", "2021-04-04", "2021-04-03T10:00:00.000Z", 25, "2021-04-03T14:00:00.000Z 840 780"],
  ["Pacific/Apia", "2026-04-05", "2026-04-04T11:00:00.000Z", 24, ""],
  ["Africa/Casablanca", "2026-02-15", "2026-02-14T23:00:00.000Z", 25, "2026-02-15T02:00:00.000Z 60 0"],
  ["Africa/Casablanca", "2026-03-01", "2026-03-01T00:00:00.000Z", 24, ""],
  ["Africa/Casablanca", "2026-03-22", "2026-03-22T00:00:00.000Z", 23, "2026-03-22T02:00:00.000Z 0 60"],
  // Midnight does not exist on these dates…
  ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23, "2018-11-04T03:00:00.000Z -180 -120"],
  ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z", 23, "2026-04-23T22:00:00.000Z 120 180"],
  ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00.000Z", 23, "2026-03-28T22:00:00.000Z 120 180"],
  // … and on these the clock goes back to 23:00 when it reaches midnight.
  ["America/Sao_Paulo", "2019-02-16", "2019-02-16T02:00:00.000Z", 25, "2019-02-17T02:00:00.000Z -120 -180"],
  ["Africa/Cairo", "2026-10-29", "2026-10-28T21:00:00.000Z", 25, "2026-10-29T21:00:00.000Z 180 120"],
] as const;

describe("zoneDay", () => {
  test.each(goldenDays)("%s on %s starts at %s and lasts %d h", (name, date, start, hours, change) => {
    const day = zoneDay(zone(name), localDate(date));
    expect(formatInstant(day.start)).toBe(start);
    expect((day.end - day.start) / HOUR_MS).toBe(hours);
    const changes = day.transitions.map(
      ({ at, offsetBefore, offsetAfter }) =>
        `${formatInstant(at)} ${offsetBefore / MINUTE_MS} ${offsetAfter / MINUTE_MS}`,
    );
    expect(changes.join()).toBe(change);
    expect(day.segments.reduce((sum, { start: from, end }) => sum + (end - from), 0)).toBe(
      day.end - day.start,
    );
  });

  test("a date the zone skipped has no segment", () => {
    expect(zoneDay(zone("Pacific/Apia"), localDate("2011-12-30")).segments).toEqual([]);
    expect(zoneDay(zone("Pacific/Apia"), localDate("2011-12-29")).segments).toHaveLength(1); // the twin: a real date has
  });

  test("a clock set back at 00:01 gives the two dates interleaved parts", () => {
    // St. John's, November 2010: 00:01 on the 7th became 23:01 on the 6th.
    const saturday = zoneDay(zone("America/St_Johns"), localDate("2010-11-06"));
    const sunday = zoneDay(zone("America/St_Johns"), localDate("2010-11-07"));
    const format = ({ start, end }: { start: Instant; end: Instant }) =>
      `${formatInstant(start)} ${formatInstant(end)}`;
    expect(saturday.segments.map(format)).toEqual([
      "2010-11-06T02:30:00.000Z 2010-11-07T02:30:00.000Z",
      "2010-11-07T02:31:00.000Z 2010-11-07T03:30:00.000Z",
    ]);
    expect(sunday.segments.map(format)).toEqual([
      "2010-11-07T02:30:00.000Z 2010-11-07T02:31:00.000Z",
      "2010-11-07T03:30:00.000Z 2010-11-08T03:30:00.000Z",
    ]);
  });

  test("a change that is not on a quarter of an hour is found to the second", () => {
    // Monrovia left its mean time of −00:44:30 on 1972-01-07, at 00:00 local time.
    const [change] = zoneDay(zone("Africa/Monrovia"), localDate("1972-01-07")).transitions;
    expect(change && formatInstant(change.at)).toBe("1972-01-07T00:44:30.000Z");
  });
});

describe("zoneSegments", () => {
  test.each(["Europe/Paris", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"])(
    "%s leaves no hole",
    (name) => {
      const from = Date.UTC(2010, 9, 1) as Instant;
      const to = Date.UTC(2012, 1, 1) as Instant;
      const segments = zoneSegments(zone(name), from, to);
      expect(segments[0]?.start).toBeLessThanOrEqual(from);
      expect(segments.at(-1)?.end).toBeGreaterThanOrEqual(to);
      for (let index = 1; index < segments.length; index++) {
        expect(segments[index]?.start).toBe(segments[index - 1]?.end);
      }
    },
  );

  test("an instant has the segment that holds it", () => {
    const at = Date.UTC(2010, 10, 7, 2, 30, 30) as Instant; // the one minute of Sunday before Saturday comes back
    const segment = segmentAt(zone("America/St_Johns"), at);
    expect(segment.start <= at && at < segment.end).toBe(true);
    expect(segment.end - segment.start).toBe(MINUTE_MS);
  });
});

describe("the memory of a zone", () => {
  test("asks for one offset a day, and only once", () => {
    let reads = 0;
    const memory = createZoneMemory(zone("UTC"), () => {
      reads++;
      return 0;
    });
    for (let day = 20_000; day < 20_056; day++) memory.offsetAtUtcDay(day);
    expect(reads).toBe(56);
    for (let day = 20_000; day < 20_056; day++) memory.offsetAtUtcDay(day);
    expect(reads).toBe(56);
  });

  test("gives up the days least recently used, and finds them again", () => {
    let reads = 0;
    const memory = createZoneMemory(zone("UTC"), () => {
      reads++;
      return 0;
    });
    for (let block = 0; block < 1_000; block++) memory.offsetAtUtcDay(block * 64);
    memory.offsetAtUtcDay(0);
    expect(reads).toBe(1_001);
    memory.offsetAtUtcDay(999 * 64);
    expect(reads).toBe(1_001); // the twin: a recent day is still there
  });

  test("forgetting changes no answer", () => {
    const before = zoneDay(zone("Europe/Paris"), localDate("2026-03-29"));
    forgetZones();
    expect(zoneDay(zone("Europe/Paris"), localDate("2026-03-29"))).toEqual(before);
  });
});
