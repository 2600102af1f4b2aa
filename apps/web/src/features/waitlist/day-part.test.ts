import { expect, it } from "vitest";
import { clockOf, dayPartNames, dayPartOf, dayParts } from "./day-part.ts";

it("knows the parts of the day by their minutes, and none of others", () => {
  for (const part of dayPartNames) expect(dayPartOf(dayParts[part])).toBe(part);
  expect(dayPartOf({ startMinute: 600, endMinute: 720 })).toBeNull();
});

it("covers the day without a gap", () => {
  expect(dayParts.morning.endMinute).toBe(dayParts.afternoon.startMinute);
  expect(dayParts.afternoon.endMinute).toBe(dayParts.evening.startMinute);
  expect([dayParts.morning.startMinute, dayParts.evening.endMinute]).toEqual([0, 1440]);
});

it("writes minutes as the clock shows them", () => {
  expect([0, 545, 1440].map(clockOf)).toEqual(["00:00", "09:05", "24:00"]);
});
