import { describe, expect, it } from "vitest";
import { formatClock, parseClock } from "./time-input.tsx";

describe("parseClock", () => {
  it.each([
    ["9", 540],
    ["09:05", 545],
    ["9h30", 570],
    ["930", 570],
    ["14.45", 885],
    ["24:00", 1440],
  ])("reads %j", (text, minute) => {
    expect(parseClock(text)).toBe(minute);
  });

  it.each(["", "9:7", "25", "12:60", "24:01", "midi"])("refuses %j", (text) => {
    expect(parseClock(text)).toBeNull();
  });

  it("shows what it reads", () => {
    expect(formatClock(parseClock("7h05") ?? 0)).toBe("07:05");
  });
});
