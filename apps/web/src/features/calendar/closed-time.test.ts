import { describe, expect, it } from "vitest";
import { closedSpans, visibleHours, weekdaysOf } from "./closed-time.ts";

const day = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-24T00:00:00.000Z" };
const at = (start: string, end: string) => ({
  startsAt: `2026-11-23T${start}:00.000Z`,
  endsAt: `2026-11-23T${end}:00.000Z`,
});

describe("closedSpans", () => {
  it("is everything when nothing is open", () => {
    expect(closedSpans({ ...day, open: [] })).toEqual([{ startsAt: day.from, endsAt: day.to }]);
  });

  it("is the time before, between and after, whatever the order and overlap of the open spans", () => {
    const open = [at("14:00", "18:00"), at("08:00", "11:00"), at("10:00", "12:00")];
    expect(closedSpans({ ...day, open })).toEqual([
      { startsAt: day.from, endsAt: "2026-11-23T08:00:00.000Z" },
      at("12:00", "14:00"),
      { startsAt: "2026-11-23T18:00:00.000Z", endsAt: day.to },
    ]);
  });

  it("is nothing when open spans cover the range and more", () => {
    const open = [{ startsAt: "2026-11-22T00:00:00.000Z", endsAt: "2026-11-25T00:00:00.000Z" }];
    expect(closedSpans({ ...day, open })).toEqual([]);
  });
});

describe("visibleHours", () => {
  it("widens to the earliest start and the latest end, in the zone", () => {
    expect(visibleHours([at("05:30", "06:00"), at("18:00", "19:15")], "Europe/Paris")).toEqual({
      first: 6,
      last: 21,
    });
  });

  it("shows until midnight for a span that crosses it", () => {
    expect(visibleHours([at("22:00", "23:30")], "Europe/Paris").last).toBe(24);
  });
});

describe("weekdaysOf", () => {
  it("uses the zone's day", () => {
    expect(weekdaysOf([at("23:30", "23:45")], "Europe/Paris")).toEqual(new Set([2]));
  });
});
