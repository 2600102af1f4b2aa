import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offerFor, type PriceOverride } from "./price-matrix.ts";

const inspection = {
  durationMinutes: 45,
  priceCents: 7900,
  overrides: [
    { when: { fuel: "diesel", type: "utility" }, durationMinutes: 70, priceCents: 9500 },
    { when: { fuel: "diesel" }, priceCents: 8400 },
    { when: { type: "utility" }, durationMinutes: 60 },
    { when: { seats: 9 }, priceCents: null },
  ] as PriceOverride[],
};

describe("a service's matrix", () => {
  test.each([
    ["nothing known", {}, 45, 7900],
    ["nothing that matters", { colour: "red" }, 45, 7900],
    ["another value", { fuel: "petrol" }, 45, 7900],
    ["a price alone", { fuel: "diesel" }, 45, 8400],
    ["a duration alone", { type: "utility" }, 60, 7900],
    ["several attributes, the first line that fits", { fuel: "diesel", type: "utility" }, 70, 9500],
    ["no price at all", { seats: 9 }, 45, null],
    ["a number typed as text", { seats: " 9 " }, 45, null],
    ["another case", { fuel: " Diesel" }, 45, 8400],
  ])("%s", (_name, attributes: Record<string, string | number>, durationMinutes, priceCents) => {
    expect(offerFor(inspection, attributes)).toEqual({ durationMinutes, priceCents });
  });

  test("the order of the lines decides when several fit", () => {
    const reversed = { ...inspection, overrides: inspection.overrides.toReversed() };
    expect(offerFor(reversed, { fuel: "diesel", type: "utility" })).toEqual({
      durationMinutes: 60,
      priceCents: 7900,
    });
  });

  test("a line without conditions, and names every object has, fit nothing", () => {
    const overrides: PriceOverride[] = [
      { when: {}, priceCents: 1 },
      { when: { constructor: "x", toString: "y" }, priceCents: 2 },
    ];
    expect(offerFor({ ...inspection, overrides }, {}).priceCents).toBe(7900);
  });

  test("what does not fit any line is the service's own, whatever the matrix", () => {
    const attributes = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y"));
    const line = fc.record({ when: attributes, durationMinutes: fc.integer({ min: 1, max: 600 }) });
    fc.assert(
      fc.property(fc.array(line), attributes, (overrides, subject) => {
        const { durationMinutes, priceCents } = offerFor({ ...inspection, overrides }, subject);
        const first = overrides.find(
          ({ when }) =>
            Object.keys(when).length > 0 &&
            Object.entries(when).every(([name, value]) => subject[name] === value),
        );
        expect(durationMinutes).toBe(first?.durationMinutes ?? 45);
        expect(priceCents).toBe(7900);
      }),
    );
  });
});
