import { describe, expect, test } from "vitest";
import { at } from "../availability/sample-facts.fixture.ts";
import { decideStatus } from "./decide-status.ts";
import {
  type AppointmentStatus,
  appointmentStatuses,
  occupiesTime,
  reoccupiesTime,
  transitionKind,
} from "./status.ts";

// Rows: from. Columns: to, in the order held pending confirmed in_progress completed no_show cancelled.
const table: Readonly<Record<AppointmentStatus, string>> = {
  held: "- V V - - - -",
  pending: "- - F - - - F",
  confirmed: "- - - F F F F",
  in_progress: "- - C - F - -",
  completed: "- - C C - - -",
  no_show: "- - C - - - -",
  cancelled: "- U U - - - -",
};
const letters = { confirmation: "V", forward: "F", correction: "C", undo: "U" } as const;

describe("status", () => {
  test.each(appointmentStatuses)("changes allowed from %s", (from) => {
    const row = appointmentStatuses.map((to) => {
      const kind = transitionKind(from, to);
      return kind === null ? "-" : letters[kind];
    });
    expect(row.join(" ")).toBe(table[from]);
  });

  test("time is occupied from the hold to the end of the visit", () => {
    expect(appointmentStatuses.filter(occupiesTime)).toEqual(["held", "pending", "confirmed", "in_progress"]);
  });

  test("taking back an ending takes the time again; going forward never does", () => {
    for (const from of appointmentStatuses) {
      for (const to of appointmentStatuses) {
        const kind = transitionKind(from, to);
        if (kind === "forward") expect(reoccupiesTime(from, to)).toBe(false);
        if (kind === "undo") expect(reoccupiesTime(from, to)).toBe(true);
      }
    }
    expect(reoccupiesTime("completed", "in_progress")).toBe(true);
    expect(reoccupiesTime("in_progress", "confirmed")).toBe(false);
  });

  test("every status can be reached, and every mistaken click on an arrival or ending taken back", () => {
    const reachable = new Set<AppointmentStatus>(["held"]);
    for (const from of reachable) {
      for (const to of appointmentStatuses)
        if (["confirmation", "forward"].includes(transitionKind(from, to) ?? "")) reachable.add(to);
    }
    expect([...reachable].sort()).toEqual([...appointmentStatuses].sort());
    for (const clicked of ["in_progress", "completed", "no_show"] as const) {
      expect(transitionKind(clicked, "confirmed")).toBe("correction");
    }
  });
});

describe("decideStatus", () => {
  const startsAt = at("2026-06-02T08:00Z");
  const appointment = { status: "confirmed", version: 3, startsAt } as const;
  const ask = (question: Partial<Parameters<typeof decideStatus>[0]>) =>
    decideStatus({ appointment, version: 3, to: "in_progress", now: at("2026-06-02T08:05Z"), ...question });

  test("goes forward", () => {
    expect(ask({})).toEqual({ ok: true, kind: "forward", needsTimeFree: false });
  });
  test("refuses what somebody else changed meanwhile", () => {
    expect(ask({ version: 2 })).toEqual({
      ok: false,
      code: "version_conflict",
      reasons: [{ code: "version_changed", current: 3, requested: 2 }],
    });
  });
  test("refuses a change that is not in the table", () => {
    expect(ask({ to: "held" })).toMatchObject({ ok: false, code: "invalid_input" });
  });
  test("nobody has failed to come before the start", () => {
    expect(ask({ to: "no_show", now: at("2026-06-02T07:59Z") })).toMatchObject({
      ok: false,
      reasons: [{ code: "not_started", startsAt }],
    });
    expect(ask({ to: "no_show", now: startsAt })).toMatchObject({ ok: true });
  });
  test("a completion taken back needs the time to be free", () => {
    const completed = { ...appointment, status: "completed" } as const;
    expect(ask({ appointment: completed })).toEqual({ ok: true, kind: "correction", needsTimeFree: true });
  });
  test("a time that a visitor holds is neither confirmed nor cancelled by staff", () => {
    const held = { ...appointment, status: "held" } as const;
    for (const to of appointmentStatuses)
      expect(ask({ appointment: held, to })).toMatchObject({ ok: false, code: "invalid_input" });
    // Its twin: what a visitor has asked for is.
    expect(ask({ appointment: { ...appointment, status: "pending" }, to: "confirmed" })).toMatchObject({
      ok: true,
    });
  });
  test("a cancellation is taken back within the undo window only", () => {
    const cancelled = { ...appointment, status: "cancelled" } as const;
    const undo = (undoUntil: string | null) =>
      ask({ appointment: cancelled, to: "confirmed", undoUntil: undoUntil === null ? null : at(undoUntil) });
    expect(undo("2026-06-02T08:05:00Z")).toEqual({ ok: true, kind: "undo", needsTimeFree: true });
    expect(undo("2026-06-02T08:04:59Z")).toMatchObject({ ok: false, reasons: [{ code: "undo_over" }] });
    expect(undo(null)).toMatchObject({ ok: false, code: "invalid_input" });
  });
});
