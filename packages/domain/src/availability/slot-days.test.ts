import { expect, test } from "vitest";
import { localDate } from "../time/local-date.ts";
import { zone } from "../time/zone.ts";
import { at, factsWith, hours, weekly } from "./sample-facts.fixture.ts";
import { slotDays } from "./slot-days.ts";
import { slots } from "./slots.ts";

test("the same starts fall on the dates of the one who reads them", () => {
  const starts = ["2026-06-02T03:00Z", "2026-06-02T12:00Z", "2026-06-02T18:30Z"].map(at);
  const dates = (name: string) =>
    slotDays(starts, zone(name)).map(({ date, starts: ofDay }) => `${date}:${ofDay.length}`);
  expect(dates("Europe/Paris")).toEqual(["2026-06-02:3"]);
  expect(dates("America/New_York")).toEqual(["2026-06-01:1", "2026-06-02:2"]); // 03:00Z is 23:00 the day before
  expect(dates("Asia/Kathmandu")).toEqual(["2026-06-02:2", "2026-06-03:1"]); // 18:30Z is 00:15 the day after
});

test("no start, no date", () => {
  expect(slotDays([], zone("Europe/Paris"))).toEqual([]);
});

test("regression: a date the clock comes back to stays one group (St. John's, 2010)", () => {
  const windows = [hours("00:00-24:00")];
  const exceptions = [
    { date: localDate("2010-11-06"), windows },
    { date: localDate("2010-11-07"), windows },
  ];
  const facts = factsWith({
    now: at("2010-11-06T00:00Z"),
    schedule: { zone: zone("America/St_Johns"), provider: { rules: weekly([], ""), exceptions } },
  });
  const found = slots({ facts, from: at("2010-11-06T00:00Z"), to: at("2010-11-09T00:00Z") });
  const days = slotDays(found, zone("America/St_Johns"));
  expect(days.map(({ date, starts }) => `${date}:${starts.length}`)).toEqual([
    "2010-11-06:49",
    "2010-11-07:49",
  ]); // 23:30 twice, 00:00 twice
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});
