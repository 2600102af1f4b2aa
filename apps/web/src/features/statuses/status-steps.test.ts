import type { AppointmentStatus as Status } from "@creneau/domain/appointments/status";
import { statusTransitions } from "@creneau/domain/appointments/status";
import { describe, expect, it } from "vitest";
import { isCancellable, stepsOf } from "./status-steps.ts";

const startsAt = "2026-03-05T09:00:00Z";
const start = Date.parse(startsAt);
const statuses = Object.keys(statusTransitions) as Status[];

describe("stepsOf", () => {
  it.each(statuses)("offers only what the status machine allows from %s", (status) => {
    for (const step of stepsOf({ status, startsAt }, start)) {
      expect(statusTransitions[status]).toHaveProperty(step.status);
    }
    if (isCancellable(status)) expect(statusTransitions[status]).toHaveProperty("cancelled");
  });

  it("neither completes nor misses what has not begun", () => {
    const early = stepsOf({ status: "confirmed", startsAt }, start - 60_000).map(({ step }) => step);
    expect(early).toEqual(["start"]);
    expect(stepsOf({ status: "confirmed", startsAt }, start - 3 * 3_600_000)).toEqual([]);
  });
});
