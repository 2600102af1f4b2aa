import { describe, expect, test } from "vitest";
import { at, busyFor, factsWith } from "../availability/sample-facts.fixture.ts";
import { localDate } from "../time/local-date.ts";
import { decideMove, type MovableAppointment, type MoveRequest } from "./decide-move.ts";
import type { PlacementFacts, PlacementPermission } from "./placement.ts";
import { appointmentStatuses } from "./status.ts";

const staff: PlacementPermission = {
  authority: "staff",
  force: false,
  mayForce: true,
  lanes: 0,
  externalConflicts: "warn",
};
const client: PlacementPermission = { ...staff, authority: "client", mayForce: false };
const forced: PlacementPermission = { ...staff, force: true, lanes: 1 };

const TEN = at("2026-06-02T08:00Z"); // Tuesday 10:00 in Paris
const ELEVEN = at("2026-06-02T09:00Z");
const NOON = at("2026-06-02T10:00Z"); // closed from 12:00

const appointment: MovableAppointment = {
  id: "a1",
  version: 4,
  status: "confirmed",
  startsAt: TEN,
  endsAt: at("2026-06-02T08:30Z"),
  busyFrom: at("2026-06-02T07:55Z"),
  busyTo: at("2026-06-02T08:45Z"),
  providerId: "p1",
  roomId: null,
  lane: 0,
};
const itself = busyFor("2026-06-02T07:55Z", 50, { id: "a1" });

type Setting = {
  readonly facts?: Parameters<typeof factsWith>[0] & Partial<Pick<PlacementFacts, "needsRoom" | "siteRooms">>;
  readonly permission?: PlacementPermission;
  readonly was?: Partial<MovableAppointment>;
};

function move(request: Partial<MoveRequest>, { facts = {}, permission = staff, was = {} }: Setting = {}) {
  const { needsRoom = false, siteRooms = [], busy = [], ...others } = facts;
  return decideMove({
    appointment: { ...appointment, ...was },
    request: { version: 4, startsAt: ELEVEN, ...request },
    facts: { ...factsWith({ ...others, busy: [itself, ...busy] }), needsRoom, siteRooms },
    permission,
    cutOffMinutes: 24 * 60,
  });
}

function outcome(decision: ReturnType<typeof move>): string {
  const codes = (decision.ok ? decision.warnings : decision.reasons).map(({ code }) => code).join(" ");
  return decision.ok ? `ok lane ${decision.write.lane}: ${codes}` : `${decision.code}: ${codes}`;
}

describe("decideMove", () => {
  test("keeps length and buffers, and says what changed", () => {
    expect(move({})).toEqual({
      ok: true,
      warnings: [],
      changes: { time: true, provider: false, room: false },
      write: {
        startsAt: ELEVEN,
        endsAt: at("2026-06-02T09:30Z"),
        busyFrom: at("2026-06-02T08:55Z"),
        busyTo: at("2026-06-02T09:45Z"),
        providerId: "p1",
        roomId: null,
        lane: 0,
      },
    });
  });

  test("an appointment is not in its own way", () => {
    expect(outcome(move({ startsAt: at("2026-06-02T08:30Z") }))).toBe("ok lane 0: ");
    const other = [busyFor("2026-06-02T08:00Z", 30, { id: "a2" })]; // the twin: another one there is
    expect(outcome(move({ startsAt: at("2026-06-02T08:15Z") }, { facts: { busy: other } }))).toMatch(
      /^slot_taken/,
    );
  });

  const busyEleven = { busy: [busyFor("2026-06-02T09:00Z", 30, { id: "a2" })] };
  const dayBeforeTen = at("2026-06-01T08:00Z");

  test.each<[string, string, ReturnType<typeof move>]>([
    ["somebody changed it", "version_conflict: version_changed", move({ version: 3 })],
    ["closed", "outside_availability: closed", move({ startsAt: NOON })],
    ["closed, forced", "ok lane 0: closed", move({ startsAt: NOON }, { permission: forced })],
    [
      "forced without the right",
      "forbidden: force_not_allowed",
      move({}, { permission: { ...forced, mayForce: false } }),
    ],
    ["taken", "slot_taken: busy", move({}, { facts: busyEleven })],
    [
      "taken, forced onto a lane",
      "ok lane 1: busy overbooked",
      move({}, { facts: busyEleven, permission: forced }),
    ],
    [
      "taken, forced, no lane",
      "slot_taken: busy no_lane_left",
      move({}, { facts: busyEleven, permission: { ...forced, lanes: 0 } }),
    ],
    [
      "its own buffer is too near",
      "slot_taken: buffer",
      move({}, { facts: { busy: [busyFor("2026-06-02T09:40Z", 20)] } }),
    ],
    ["a free place brings it back to lane 0", "ok lane 0: ", move({}, { was: { lane: 1 } })],
    ["resized", "ok lane 0: ", move({ startsAt: TEN, endsAt: ELEVEN })],
    ["resized to nothing", "invalid_input: ends_before_start", move({ startsAt: TEN, endsAt: TEN })],
    [
      "resized into another",
      "slot_taken: busy",
      move({ startsAt: TEN, endsAt: NOON }, { facts: busyEleven }),
    ],
    ["a client, in time", "ok lane 0: ", move({}, { permission: client, facts: { now: dayBeforeTen } })],
    [
      "a client, a minute late",
      "too_late_to_cancel: cut_off",
      move({}, { permission: client, facts: { now: at("2026-06-01T08:01Z") } }),
    ],
    [
      "a client resizes",
      "invalid_input: duration_fixed",
      move({ startsAt: TEN, endsAt: ELEVEN }, { permission: client }),
    ],
    [
      "a client, taken",
      "slot_taken: busy",
      move({}, { permission: client, facts: { ...busyEleven, now: dayBeforeTen } }),
    ],
  ])("%s → %s", (_, expected, decision) => {
    expect(outcome(decision)).toBe(expected);
  });

  test("only pending and confirmed appointments move in time", () => {
    const movable = appointmentStatuses.filter((status) => move({}, { was: { status } }).ok);
    expect(movable).toEqual(["pending", "confirmed"]);
  });

  test("one in progress can only be made longer or shorter, by staff", () => {
    const was = { status: "in_progress" } as const;
    const longer = { startsAt: TEN, endsAt: ELEVEN };
    expect(move(longer, { was }).ok).toBe(true);
    expect(move(longer, { was, permission: client }).ok).toBe(false);
    expect(move({ ...longer, providerId: "p2" }, { was }).ok).toBe(false);
  });

  test("the provider changes: open time is asked again, the daily limit counts in full", () => {
    const facts = { dailyLimit: { limit: 1, counts: new Map([[localDate("2026-06-02"), 1]]) } };
    expect(outcome(move({}, { facts }))).toBe("ok lane 0: "); // its own appointment is the one counted
    expect(outcome(move({ providerId: "p2" }, { facts }))).toBe("outside_availability: daily_limit");
    expect(move({ providerId: "p2" })).toMatchObject({ ok: true, changes: { provider: true } });
  });

  test("nothing changes: nothing is asked and nothing to write", () => {
    const was = { startsAt: NOON, endsAt: at("2026-06-02T10:30Z") }; // outside the hours already
    expect(move({ startsAt: NOON }, { was })).toMatchObject({
      ok: true,
      warnings: [],
      changes: { time: false, provider: false, room: false },
    });
  });

  describe("rooms", () => {
    const siteRooms = [
      { roomId: "r1", busy: [busyFor("2026-06-02T09:00Z", 30)] },
      { roomId: "r2", busy: [busyFor("2026-06-02T07:55Z", 50, { id: "a1" })] },
      { roomId: "r3", busy: [] },
    ];
    const facts = { siteRooms, needsRoom: true };

    test("keeps its room when it can, takes another and says so when it cannot", () => {
      expect(move({}, { facts, was: { roomId: "r2" } })).toMatchObject({
        ok: true,
        write: { roomId: "r2" },
        warnings: [],
      });
      expect(move({}, { facts, was: { roomId: "r1" } })).toMatchObject({
        ok: true,
        write: { roomId: "r2" },
        warnings: [{ code: "room_changed", from: "r1", to: "r2" }],
      });
    });
    test("a room asked for is that room or none", () => {
      expect(outcome(move({ roomId: "r1" }, { facts }))).toBe("slot_taken: room_taken");
      expect(move({ roomId: "r3" }, { facts })).toMatchObject({ ok: true, write: { roomId: "r3" } });
      expect(outcome(move({ roomId: "r9" }, { facts }))).toBe("invalid_input: room_unknown");
    });
    test("a change of room alone does not ask for open time", () => {
      const was = { startsAt: NOON, endsAt: at("2026-06-02T10:30Z"), roomId: "r2" };
      expect(move({ startsAt: NOON, roomId: "r3" }, { facts, was })).toMatchObject({
        ok: true,
        changes: { time: false, provider: false, room: true },
      });
    });
  });
});
