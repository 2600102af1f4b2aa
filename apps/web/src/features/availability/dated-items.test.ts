import { describe, expect, it } from "vitest";
import { dateRange, exceptionItems, itemsOn, sortItems, timeOffItem } from "./dated-items.ts";

const exception = (id: string, date: string, more = {}) => ({
  id,
  siteId: "s",
  providerId: "p",
  date,
  windows: [] as { startMinute: number; endMinute: number }[],
  reason: null as string | null,
  ...more,
});

describe("exceptionItems", () => {
  it("joins following dates that say the same, over the end of a month and of February", () => {
    const items = exceptionItems(
      [
        exception("c", "2027-03-01"),
        exception("a", "2027-02-27"),
        exception("b", "2027-02-28"),
        exception("d", "2027-03-03"),
      ],
      "own",
    );
    expect(items.map(({ ids, date, until }) => ({ ids, date, until }))).toEqual([
      { ids: ["a", "b", "c"], date: "2027-02-27", until: "2027-03-01" },
      { ids: ["d"], date: "2027-03-03", until: "2027-03-03" },
    ]);
  });

  it("keeps apart what differs in hours, reason or site, even when dates interleave", () => {
    const morning = { windows: [{ startMinute: 540, endMinute: 720 }] };
    const items = exceptionItems(
      [
        exception("a", "2027-02-01"),
        exception("b", "2027-02-01", { siteId: null }),
        exception("c", "2027-02-02", { siteId: null }),
        exception("d", "2027-02-02"),
        exception("e", "2027-02-03", morning),
        exception("f", "2027-02-04", { ...morning, reason: "Grève" }),
      ],
      "own",
    );
    expect(items.map(({ ids }) => ids.join(""))).toEqual(["ad", "bc", "e", "f"]);
  });
});

const timeOff = (startsAt: string, endsAt: string, zone = "Europe/Paris") =>
  timeOffItem(
    { id: "t", providerId: "p", siteId: null, roomId: null, startsAt, endsAt, reason: null },
    { zone, owner: "own" },
  );

describe("timeOffItem", () => {
  it("reads midnight to midnight as whole days, over a change of the clocks too", () => {
    expect(timeOff("2027-03-26T23:00:00.000Z", "2027-03-28T22:00:00.000Z")).toMatchObject({
      date: "2027-03-27",
      until: "2027-03-28",
      startMinute: null,
      endMinute: null,
    });
  });

  it("takes the first minute for midnight where the clocks skip it", () => {
    // Santiago goes from 24:00 to 1:00 on the night to 2027-09-05.
    expect(timeOff("2027-09-05T04:00:00.000Z", "2027-09-06T03:00:00.000Z", "America/Santiago")).toMatchObject(
      {
        date: "2027-09-05",
        until: "2027-09-05",
        startMinute: null,
      },
    );
  });

  it("keeps hours as hours, and calls a midnight end 24:00 of the day before", () => {
    expect(timeOff("2027-03-27T13:00:00.000Z", "2027-03-27T23:00:00.000Z")).toMatchObject({
      date: "2027-03-27",
      until: "2027-03-27",
      startMinute: 840,
      endMinute: 1440,
    });
    expect(timeOff("2027-03-27T03:15:00.000Z", "2027-03-27T05:15:00.000Z", "Asia/Kathmandu")).toMatchObject({
      startMinute: 540,
      endMinute: 660,
    });
  });
});

it("sorts by date and finds those of a day", () => {
  const long = exceptionItems([exception("a", "2027-02-01"), exception("b", "2027-02-02")], "own");
  const absence = timeOff("2027-02-02T08:00:00.000Z", "2027-02-02T09:00:00.000Z");
  const items = sortItems([absence, ...long]);
  expect(items.map(({ kind }) => kind)).toEqual(["exception", "timeOff"]);
  expect(itemsOn(items, "2027-02-01")).toEqual(long);
  expect(itemsOn(items, "2027-02-02")).toHaveLength(2);
  expect(itemsOn(items, "2027-02-03")).toEqual([]);
});

it("puts two dates in order", () => {
  expect(dateRange("2027-02-03", "2027-02-01")).toEqual({ from: "2027-02-01", until: "2027-02-03" });
});
