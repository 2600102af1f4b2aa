import { describe, expect, it } from "vitest";
import { instantOf, plusDays, shiftInstant, wallTimeOf } from "./wall-time.ts";

const zone = "Europe/Paris";

describe("shiftInstant", () => {
  it("keeps the wall clock over a change of offset when days pass", () => {
    const instant = "2026-10-24T07:00:00.000Z"; // 09:00 in summer time
    const shifted = shiftInstant({ instant, zone, days: 1 });
    expect(wallTimeOf({ instant: shifted, zone })).toEqual({ date: "2026-10-25", minute: 540 });
    expect(shifted).toBe("2026-10-25T08:00:00.000Z");
  });

  it("counts minutes as time that passes", () => {
    expect(shiftInstant({ instant: "2026-03-29T00:30:00.000Z", zone, minutes: 60 })).toBe(
      "2026-03-29T01:30:00.000Z",
    );
  });
});

describe("instantOf", () => {
  it("carries minutes beyond a day over", () => {
    const midnight = instantOf({ date: "2026-11-23", minute: 0, zone: "Asia/Kathmandu" });
    expect(instantOf({ date: "2026-11-22", minute: 1440, zone: "Asia/Kathmandu" })).toBe(midnight);
    expect(instantOf({ date: "2026-11-24", minute: -1440, zone: "Asia/Kathmandu" })).toBe(midnight);
  });

  it("takes a skipped time forward", () => {
    expect(instantOf({ date: "2026-03-29", minute: 150, zone })).toBe("2026-03-29T01:30:00.000Z");
  });
});

describe("plusDays", () => {
  it("crosses months and years", () => {
    expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(plusDays("2026-03-01", -1)).toBe("2026-02-28");
  });
});
