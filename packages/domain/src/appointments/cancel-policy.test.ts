import { describe, expect, test } from "vitest";
import { at } from "../availability/sample-facts.fixture.ts";
import { decideCancel } from "./cancel-policy.ts";
import type { AppointmentStatus } from "./status.ts";
import { decideUndo, undoUntil } from "./undo-window.ts";

const startsAt = at("2026-06-02T08:00Z");

function cancel(
  now: string,
  changes: { status?: AppointmentStatus; authority?: "client" | "staff"; version?: number } = {},
) {
  const { status = "confirmed", authority = "client", version } = changes;
  return decideCancel({
    appointment: { status, startsAt, version: 2 },
    version,
    authority,
    cutOffMinutes: 120,
    now: at(now),
  });
}

describe("decideCancel", () => {
  test("a client may until the cut-off, included, and not a moment after", () => {
    expect(cancel("2026-06-02T06:00:00Z")).toEqual({ ok: true, isAlready: false });
    expect(cancel("2026-06-02T06:00:00.001Z")).toEqual({
      ok: false,
      code: "too_late_to_cancel",
      reasons: [{ code: "cut_off", lastMoment: at("2026-06-02T06:00Z") }],
    });
  });
  test("staff may after it", () => {
    expect(cancel("2026-06-02T07:59Z", { authority: "staff" })).toEqual({ ok: true, isAlready: false });
  });
  test("a hold is released, not cancelled, whoever asks", () => {
    for (const authority of ["client", "staff"] as const)
      expect(cancel("2026-06-01T00:00Z", { status: "held", authority })).toMatchObject({
        ok: false,
        reasons: [{ code: "status_not_allowed", status: "held" }],
      });
    expect(cancel("2026-06-01T00:00Z", { status: "pending" }).ok).toBe(true);
  });
  test("twice is once, whatever the hour and the version", () => {
    expect(cancel("2026-06-03T00:00Z", { status: "cancelled", version: 1 })).toEqual({
      ok: true,
      isAlready: true,
    });
  });
  test("a version that is seen must be the current one", () => {
    expect(cancel("2026-06-01T00:00Z", { version: 1 })).toMatchObject({
      ok: false,
      code: "version_conflict",
    });
    expect(cancel("2026-06-01T00:00Z", { version: 2 }).ok).toBe(true);
  });
  test("what is over cannot be cancelled", () => {
    for (const status of ["in_progress", "completed", "no_show"] as const) {
      expect(cancel("2026-06-01T00:00Z", { status, authority: "staff" })).toMatchObject({
        code: "invalid_input",
      });
    }
  });
});

describe("undo", () => {
  const now = at("2026-06-02T08:00:00Z");
  const until = undoUntil(now, 8);

  test("lasts the seconds given", () => {
    expect(until).toBe(at("2026-06-02T08:00:08Z"));
    expect(undoUntil(now, -1)).toBe(now);
  });
  test("within the window, and only if nobody has changed it since", () => {
    const ask = (moment: string, currentVersion = 5) =>
      decideUndo({ now: at(moment), until, versionAfter: 5, currentVersion });
    expect(ask("2026-06-02T08:00:08Z")).toEqual({ ok: true });
    expect(ask("2026-06-02T08:00:08.001Z")).toMatchObject({ ok: false, code: "invalid_input" });
    expect(ask("2026-06-02T08:00:01Z", 6)).toMatchObject({ ok: false, code: "version_conflict" });
  });
});
