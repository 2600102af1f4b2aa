import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "./instant.ts";
import {
  dayNumberOf,
  isoWeekdayOf,
  localDate,
  localDateOfDayNumber,
  localDatePlusDays,
  parseLocalDate,
} from "./local-date.ts";

const anyDayNumber = fc.integer({ min: -719_162, max: 2_932_896 }); // 0001-01-01 to 9999-12-31

describe("LocalDate", () => {
  test("day numbers go there and back, as Date and Luxon count", () => {
    fc.assert(
      fc.property(anyDayNumber, (dayNumber) => {
        const date = localDateOfDayNumber(dayNumber);
        expect(date).toBe(new Date(dayNumber * DAY_MS).toISOString().slice(0, 10));
        expect(dayNumberOf(date)).toBe(dayNumber);
        expect(isoWeekdayOf(date)).toBe(DateTime.fromISO(date, { zone: "utc" }).weekday);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-01-01", -1, "2025-12-31"],
    ["1900-02-28", 1, "1900-03-01"],
    ["2000-02-28", 1, "2000-02-29"],
  ])("%s plus %d days is %s", (date, days, expected) => {
    expect(localDatePlusDays(localDate(date), days)).toBe(expected);
  });

  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "0000-01-01",
    "26-01-01",
    "2026-1-1",
    "2026-01-01T00:00Z",
  ])("refuses %s", (text) => {
    expect(parseLocalDate(text)).toBeNull();
    expect(() => localDate(text)).toThrow(RangeError);
  });
  test("takes a leap day of a leap year", () => expect(parseLocalDate("2028-02-29")).toBe("2028-02-29"));
});
