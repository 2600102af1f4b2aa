import { describe, expect, it } from "vitest";
import type { Appointment } from "./appointment.ts";
import { steadyAppointments } from "./steady-appointments.ts";

function appointment(id: string, more: object = {}): Appointment {
  return {
    id,
    version: 1,
    updatedAt: "2026-11-23T08:00:00.000Z",
    startsAt: "2026-11-23T09:00:00.000Z",
    status: "confirmed",
    clientName: null,
    answers: { floor: 2 },
    ...more,
  } as unknown as Appointment;
}

const drawn = [appointment("a"), appointment("b")];

describe("a list that looks as it did", () => {
  it.each([
    [
      "only confirmed by the server",
      [appointment("a", { version: 2, updatedAt: "2026-11-23T08:00:09.000Z" }), appointment("b")],
    ],
    ["in another order", [appointment("b"), appointment("a")]],
    ["with equal contents in a new object", [appointment("a", { answers: { floor: 2 } }), appointment("b")]],
  ])("stays the same when it is %s", (_, now) => {
    expect(steadyAppointments(drawn, now)).toBe(drawn);
  });

  it.each([
    ["one was moved", [appointment("a", { startsAt: "2026-11-23T10:00:00.000Z" }), appointment("b")]],
    ["one has another status", [appointment("a", { status: "completed" }), appointment("b")]],
    ["one was named", [appointment("a", { clientName: "Martin" }), appointment("b")]],
    ["something inside one changed", [appointment("a", { answers: { floor: 3 } }), appointment("b")]],
    ["one is gone", [appointment("a")]],
    ["one was added", [...drawn, appointment("c")]],
    ["one was replaced", [appointment("a"), appointment("c")]],
  ])("is drawn anew when %s", (_, now) => {
    expect(steadyAppointments(drawn, now)).toBe(now);
  });

  it("is drawn when there was none", () => {
    expect(steadyAppointments(undefined, drawn)).toBe(drawn);
  });
});
