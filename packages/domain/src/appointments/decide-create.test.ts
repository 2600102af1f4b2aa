import { describe, expect, test } from "vitest";
import { at, busyFor, factsWith } from "../availability/sample-facts.fixture.ts";
import { localDate } from "../time/local-date.ts";
import { type CreateRequest, decideCreate } from "./decide-create.ts";
import type { PlacementFacts, PlacementPermission } from "./placement.ts";

const client: PlacementPermission = {
  authority: "client",
  force: false,
  mayForce: false,
  lanes: 0,
  externalConflicts: "warn",
};
const operator: PlacementPermission = { ...client, authority: "staff" };
const manager: PlacementPermission = { ...operator, mayForce: true };
const forced: PlacementPermission = { ...manager, force: true };

const TEN = at("2026-06-02T08:00Z"); // Tuesday 10:00 in Paris, open and free in the sample
const THREE = at("2026-06-02T13:00Z"); // 15:00, closed
const taken = { busy: [busyFor("2026-06-02T08:15Z", 30, { id: "a1" })] };

function create(
  changes: Parameters<typeof factsWith>[0] & Partial<Pick<PlacementFacts, "needsRoom" | "siteRooms">> = {},
  permission = operator,
  request: Partial<CreateRequest> = {},
) {
  const { needsRoom = false, siteRooms = [], ...others } = changes;
  const facts = { ...factsWith(others), needsRoom, siteRooms };
  return decideCreate({ request: { providerId: "p1", startsAt: TEN, ...request }, facts, permission });
}

/** Outcome and the codes behind it, on one line. */
function outcome(decision: ReturnType<typeof create>): string {
  const codes = (decision.ok ? decision.warnings : decision.reasons).map(({ code }) => code).join(" ");
  return decision.ok ? `ok lane ${decision.write.lane}: ${codes}` : `${decision.code}: ${codes}`;
}

describe("decideCreate", () => {
  test("writes the appointment with its buffers", () => {
    expect(create({ rules: { bufferBeforeMinutes: 5, bufferAfterMinutes: 10 } }, client)).toEqual({
      ok: true,
      warnings: [],
      write: {
        startsAt: TEN,
        endsAt: at("2026-06-02T08:30Z"),
        busyFrom: at("2026-06-02T07:55Z"),
        busyTo: at("2026-06-02T08:40Z"),
        providerId: "p1",
        roomId: null,
        lane: 0,
      },
    });
  });

  const date = localDate("2026-06-02");
  const lanes = (count: number) => ({ ...forced, lanes: count });
  const external = { busy: [busyFor("2026-06-02T08:15Z", 30, { kind: "external" })] };
  const noSkill = { offer: { isOffered: true, missingSkills: ["Gaz"] } };
  const fullDay = { dailyLimit: { limit: 1, counts: new Map([[date, 1]]) } };

  test.each<[string, string, ReturnType<typeof create>]>([
    ["client, free", "ok lane 0: ", create({}, client)],
    ["client, taken", "slot_taken: busy", create(taken, client)],
    ["client, closed", "outside_availability: closed", create({}, client, { startsAt: THREE })],
    ["client, external event", "slot_taken: external_busy", create(external, client)],
    [
      "client, off the grid",
      "outside_availability: off_grid",
      create({}, client, { startsAt: at("2026-06-02T08:05Z") }),
    ],
    [
      "operator, off the grid",
      "ok lane 0: off_grid",
      create({}, operator, { startsAt: at("2026-06-02T08:05Z") }),
    ],
    ["client, past", "outside_availability: in_past", create({ now: at("2026-06-02T09:00Z") }, client)],
    ["operator, past", "ok lane 0: in_past", create({ now: at("2026-06-02T09:00Z") })],
    ["operator, closed", "outside_availability: closed", create({}, operator, { startsAt: THREE })],
    ["manager, closed, no force", "outside_availability: closed", create({}, manager, { startsAt: THREE })],
    ["manager forces, closed", "ok lane 0: closed", create({}, forced, { startsAt: THREE })],
    ["operator forces", "forbidden: force_not_allowed", create({}, { ...operator, force: true })],
    ["operator, external event", "ok lane 0: external_busy", create(external)],
    [
      "operator, external event, strict organization",
      "slot_taken: external_busy",
      create(external, { ...operator, externalConflicts: "refuse" }),
    ],
    [
      "manager forces, external event, strict organization",
      "ok lane 0: external_busy",
      create(external, { ...forced, externalConflicts: "refuse" }),
    ],
    ["operator, taken", "slot_taken: busy", create(taken)],
    ["manager forces, taken, no lane", "slot_taken: busy no_lane_left", create(taken, forced)],
    ["manager forces, taken, a lane", "ok lane 1: busy overbooked", create(taken, lanes(2))],
    [
      "manager forces, lanes 0 and 1 taken",
      "ok lane 2: busy busy overbooked",
      create({ busy: [...taken.busy, busyFor("2026-06-02T08:00Z", 30, { id: "a2", lane: 1 })] }, lanes(2)),
    ],
    [
      "manager forces, every lane taken",
      "slot_taken: busy busy no_lane_left",
      create({ busy: [...taken.busy, busyFor("2026-06-02T08:00Z", 30, { id: "a2", lane: 1 })] }, lanes(1)),
    ],
    ["client, daily limit", "outside_availability: daily_limit", create(fullDay, client)],
    ["manager forces, daily limit", "ok lane 0: daily_limit", create(fullDay, forced)],
    ["manager forces, skill missing", "invalid_input: skill_missing", create(noSkill, lanes(2))],
    [
      "what no other time would cure leads",
      "invalid_input: skill_missing busy",
      create({ ...noSkill, ...taken }, client),
    ],
    [
      "ends before it starts",
      "invalid_input: ends_before_start",
      create({}, operator, { endsAt: at("2026-06-02T08:00Z") }),
    ],
    [
      "client chooses the length",
      "invalid_input: duration_fixed",
      create({}, client, { endsAt: at("2026-06-02T09:00Z") }),
    ],
    ["operator chooses the length", "ok lane 0: ", create({}, operator, { endsAt: at("2026-06-02T09:00Z") })],
    [
      "operator chooses a length that runs into another",
      "slot_taken: busy",
      create({ busy: [busyFor("2026-06-02T08:45Z", 30)] }, operator, { endsAt: at("2026-06-02T09:00Z") }),
    ],
  ])("%s → %s", (_, expected, decision) => {
    expect(outcome(decision)).toBe(expected);
  });

  describe("rooms", () => {
    const siteRooms = [
      { roomId: "r1", busy: [busyFor("2026-06-02T08:00Z", 30)] },
      { roomId: "r2", busy: [] },
    ];
    const roomOf = (decision: ReturnType<typeof create>) =>
      decision.ok ? decision.write.roomId : outcome(decision);

    test("the first free room is taken when one is needed", () => {
      expect(roomOf(create({ needsRoom: true, siteRooms }, client))).toBe("r2");
      expect(roomOf(create({ needsRoom: false, siteRooms }, client))).toBeNull();
    });
    test("a room that is taken is refused, force or not", () => {
      expect(roomOf(create({ siteRooms }, operator, { roomId: "r1" }))).toBe("slot_taken: room_taken");
      expect(roomOf(create({ siteRooms }, lanes(3), { roomId: "r1" }))).toBe("slot_taken: room_taken");
      expect(roomOf(create({ siteRooms }, operator, { roomId: "r2" }))).toBe("r2");
    });
    test("a room the site does not have", () => {
      expect(roomOf(create({ siteRooms }, operator, { roomId: "r9" }))).toBe("invalid_input: room_unknown");
    });
    test("no room at all", () => {
      expect(roomOf(create({ needsRoom: true }, client))).toBe("slot_taken: room_taken");
    });
  });
});
