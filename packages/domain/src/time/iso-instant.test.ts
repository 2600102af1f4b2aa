import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, instant, instantFromDate, instantPlusMinutes } from "./instant.ts";
import { formatInstant, parseInstant } from "./iso-instant.ts";

const anyInstant = fc
  .date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  })
  .map(instantFromDate);

describe("formatInstant", () => {
  test("writes what Date.toISOString writes, and reads it back", () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const text = formatInstant(at);
        expect(text).toBe(new Date(at).toISOString());
        expect(parseInstant(text)).toBe(at);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("parseInstant", () => {
  test.each([
    ["2026-03-29T01:00:00Z", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00.000Z"],
    ["2026-03-28T21:30-03:30", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29T06:45:00.1239+05:45", "2026-03-29T01:00:00.123Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    const at = parseInstant(text);
    expect(at === null ? null : formatInstant(at)).toBe(expected);
  });

  test.each([
    "2026-03-29T01:00:00", // no offset: no instant
    "2026-03-29",
    "2026-03-29 01:00:00Z",
    "2026-03-29T01:00:00z",
    "2026-03-29T01:00:00+0200",
    "2026-03-29T01:00:00+24:00",
    "2026-02-29T01:00:00Z",
    "2026-13-01T01:00:00Z",
    "2026-03-29T24:00:00Z",
    "2026-03-29T01:60:00Z",
    "2016-12-31T23:59:60Z",
    "2026-03-29T01:00:00.Z",
    " 2026-03-29T01:00:00Z",
    "2026-03-29T01:00:00Z\n",
    "",
  ])("refuses %j", (text) => expect(parseInstant(text)).toBeNull());
});

describe("instant", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 8.64e15 + 1])("refuses %d", (ms) => {
    expect(() => instant(ms)).toThrow(RangeError);
  });
  test("takes whole milliseconds", () => {
    expect(instant(-1)).toBe(-1);
    expect(instantPlusMinutes(0 as Instant, -1)).toBe(-60_000);
    expect(() => instantFromDate(new Date(Number.NaN))).toThrow(RangeError);
  });
});
