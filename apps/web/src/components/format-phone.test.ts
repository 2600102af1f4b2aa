import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPhone } from "./format-phone.ts";

describe("formatPhone", () => {
  it.each([
    ["+33612345678", "06 12 34 56 78"],
    ["+33140000000", "01 40 00 00 00"],
    ["+442079460958", "+44 207 946 0958"],
    ["3639", "3639"],
  ])("shows %s as %s", (stored, shown) => {
    expect(formatPhone(stored).replaceAll("\u00a0", " ")).toBe(shown);
  });

  it("never changes what would be dialled abroad", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{5,14}$/), (phone) => {
        if (/^\+33\d{9}$/.test(phone)) return;
        expect(formatPhone(phone).replaceAll("\u00a0", "")).toBe(phone);
      }),
    );
  });
});
