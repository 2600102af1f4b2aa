import { describe, expect, it } from "vitest";
import { groupDay } from "./group-day.ts";

const now = Date.parse("2026-03-05T10:00:00Z");

function at(
  hour: number,
  status: "confirmed" | "in_progress" | "completed" | "no_show" | "cancelled" | "pending",
) {
  const pad = String(hour).padStart(2, "0");
  return {
    id: `${pad}-${status}`,
    status,
    startsAt: `2026-03-05T${pad}:00:00Z`,
    endsAt: `2026-03-05T${pad}:45:00Z`,
  };
}

describe("groupDay", () => {
  it("puts what is on first, then the next one, then the rest", () => {
    const day = [
      at(8, "completed"),
      at(9, "no_show"),
      at(10, "in_progress"),
      at(11, "confirmed"),
      at(12, "pending"),
    ];
    const groups = groupDay(day, now);
    expect(groups.map(({ key, appointments }) => [key, appointments.map(({ id }) => id)])).toEqual([
      ["now", ["10-in_progress"]],
      ["next", ["11-confirmed"]],
      ["coming", ["12-pending"]],
      ["past", ["08-completed"]],
      ["cancelled", ["09-no_show"]],
    ]);
  });

  it("keeps an appointment nobody has touched under what is on, so that it is not forgotten", () => {
    expect(groupDay([at(8, "confirmed")], now).map(({ key }) => key)).toEqual(["now"]);
  });

  it("calls several that start together next", () => {
    const [first] = groupDay([at(11, "confirmed"), at(11, "pending")], now);
    expect(first?.appointments).toHaveLength(2);
  });
});
