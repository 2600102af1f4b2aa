import { expect, test } from "vitest";
import { overlappingRules } from "./overlapping-rules.ts";

const morning = { isoWeekday: 1, startMinute: 540, endMinute: 720 };

test("windows that touch, or stand on different days, do not overlap", () => {
  expect(
    overlappingRules([
      morning,
      { isoWeekday: 1, startMinute: 720, endMinute: 800 },
      { ...morning, isoWeekday: 2 },
    ]),
  ).toEqual([]);
});

test("every pair is named, the earlier window first", () => {
  expect(
    overlappingRules([
      { isoWeekday: 1, startMinute: 700, endMinute: 900 },
      morning,
      { isoWeekday: 1, startMinute: 600, endMinute: 660 },
      { isoWeekday: 1, startMinute: 899, endMinute: 1000 },
    ]),
  ).toEqual([
    [1, 2],
    [1, 0],
    [0, 3],
  ]);
});

test("windows never valid on the same date do not overlap; sharing the last day they do", () => {
  const spring = { ...morning, validFrom: "2027-03-01", validTo: "2027-05-31" };
  expect(overlappingRules([spring, { ...morning, validFrom: "2027-06-01", validTo: null }])).toEqual([]);
  expect(overlappingRules([spring, { ...morning, validFrom: "2027-05-31", validTo: null }])).toEqual([
    [0, 1],
  ]);
  expect(overlappingRules([spring, { ...morning, validFrom: null, validTo: "2027-02-28" }])).toEqual([]);
  expect(overlappingRules([spring, morning])).toEqual([[0, 1]]);
});
