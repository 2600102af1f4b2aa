import { describe, expect, it } from "vitest";
import { periodTitle, stepDate, visibleRange } from "./calendar-period.ts";

const zone = "Europe/Paris";

describe("visibleRange", () => {
  it("covers a 23-hour day when summer time begins", () => {
    expect(visibleRange({ view: "day", date: "2026-03-29", zone })).toEqual({
      from: "2026-03-28T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
    });
  });

  it("covers a 25-hour day when it ends", () => {
    expect(visibleRange({ view: "columns", date: "2026-10-25", zone })).toEqual({
      from: "2026-10-24T22:00:00.000Z",
      to: "2026-10-25T23:00:00.000Z",
    });
  });

  it("starts weeks on Monday and widens a month to whole weeks", () => {
    expect(visibleRange({ view: "week", date: "2026-11-22", zone }).from).toBe("2026-11-15T23:00:00.000Z");
    expect(visibleRange({ view: "month", date: "2026-11-22", zone })).toEqual({
      from: "2026-10-25T23:00:00.000Z",
      to: "2026-12-06T23:00:00.000Z",
    });
  });

  it("does not add a week to a month that ends on a Sunday", () => {
    expect(visibleRange({ view: "month", date: "2026-05-10", zone }).to).toBe("2026-05-31T22:00:00.000Z");
  });
});

describe("stepDate", () => {
  it("moves by the unit of the view", () => {
    expect(stepDate({ view: "day", date: "2026-10-25", zone, step: 1 })).toBe("2026-10-26");
    expect(stepDate({ view: "list", date: "2026-11-21", zone, step: -1 })).toBe("2026-11-14");
    expect(stepDate({ view: "month", date: "2026-01-31", zone, step: 1 })).toBe("2026-02-28");
  });
});

describe("periodTitle", () => {
  it("names a week by its first and last day", () => {
    const title = periodTitle({ view: "week", date: "2026-11-18", zone, locale: "fr" });
    expect(title).toMatch(/^16\s?[–-]\s?22 novembre 2026$/);
  });
});
