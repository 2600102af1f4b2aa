import { describe, expect, it } from "vitest";
import { dateAfterKey, monthWeeks } from "./month-weeks.ts";

describe("monthWeeks", () => {
  it("shows whole weeks around the month and no more", () => {
    const weeks = monthWeeks("2026-11-21");
    expect(weeks[0]?.[0]).toBe("2026-10-26");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
    expect(monthWeeks("2027-02-10")).toHaveLength(4);
  });
});

describe("dateAfterKey", () => {
  it("follows the keys of a date grid", () => {
    expect(dateAfterKey("2026-11-21", "ArrowDown")).toBe("2026-11-28");
    expect(dateAfterKey("2026-11-21", "Home")).toBe("2026-11-16");
    expect(dateAfterKey("2026-11-21", "End")).toBe("2026-11-22");
    expect(dateAfterKey("2026-10-31", "PageDown")).toBe("2026-11-30");
    expect(dateAfterKey("2027-01-15", "PageUp")).toBe("2026-12-15");
    expect(dateAfterKey("2026-11-21", "a")).toBeNull();
  });
});
