import { describe, expect, it } from "vitest";
import { dateFormat } from "./date-format.ts";

describe("date formats", () => {
  const at = Date.UTC(2026, 2, 5, 21, 7);

  it("write English as the British do, and French as the French", () => {
    const options = { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Kathmandu" } as const;
    expect(dateFormat("en", options).format(at)).toBe("06/03/2026, 02:52");
    expect(dateFormat("fr", options).format(at)).toBe("06/03/2026 02:52");
    expect(dateFormat("en-US", { dateStyle: "short", timeZone: "UTC" }).format(at)).toBe("3/5/26");
  });

  it("are made once", () => {
    expect(dateFormat("fr", { month: "long" })).toBe(dateFormat("fr", { month: "long" }));
    expect(dateFormat("fr", { month: "long" })).not.toBe(dateFormat("en", { month: "long" }));
  });

  it("refuse a zone that does not exist", () => {
    expect(() => dateFormat("fr", { timeZone: "Mars/Olympus" })).toThrow(RangeError);
  });
});
