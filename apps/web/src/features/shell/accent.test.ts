import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accentRule, contrast, readableAccent } from "./accent.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("readableAccent", () => {
  it("always reads at 4.5 : 1, on the surface and under the ink of both themes", () => {
    fc.assert(
      fc.property(colour, (accent) => {
        const light = readableAccent(accent, "light");
        const dark = readableAccent(accent, "dark");
        expect(contrast(light, "#ffffff")).toBeGreaterThanOrEqual(4.5);
        expect(contrast(dark, "#131417")).toBeGreaterThanOrEqual(4.5);
        expect(contrast(dark, "#0b1220")).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("leaves a colour that already reads as it is", () => {
    expect(readableAccent("#1d4ed8", "light")).toBe("#1d4ed8");
  });
});

describe("accentRule", () => {
  it.each(["red", "#fff", "#12345g", "#123456;}body{display:none}"])("refuses %j", (accent) => {
    expect(accentRule(accent)).toBeNull();
  });
});
