import { describe, expect, it } from "vitest";
import { nextSlot } from "./use-slot-cursor.ts";

const options = { slotMinutes: 15, hours: { first: 8, last: 19 }, hiddenDays: [6, 0], columnIds: ["a", "b"] };
const slot = { date: "2026-11-20", minute: 540, resourceId: "a" };

describe("nextSlot", () => {
  it("goes through the columns, then to the next day that is shown", () => {
    const right = nextSlot(slot, { columns: 1 }, options);
    expect(right).toEqual({ ...slot, resourceId: "b" });
    expect(nextSlot(right, { columns: 1 }, options)).toEqual({ ...slot, date: "2026-11-23" });
    expect(nextSlot({ ...slot, date: "2026-11-23" }, { columns: -1 }, options)).toEqual({
      ...slot,
      resourceId: "b",
    });
  });

  it("goes from day to day where columns are days", () => {
    const day = { ...slot, resourceId: null };
    expect(nextSlot(day, { columns: 1 }, { ...options, columnIds: [] }).date).toBe("2026-11-23");
  });

  it("stays within the shown hours", () => {
    expect(nextSlot({ ...slot, minute: 480 }, { minutes: -15 }, options).minute).toBe(480);
    expect(nextSlot({ ...slot, minute: 1125 }, { minutes: 15 }, options).minute).toBe(1125);
  });
});
