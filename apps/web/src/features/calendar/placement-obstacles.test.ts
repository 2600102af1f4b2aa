import { describe, expect, it } from "vitest";
import type { Appointment } from "./appointment.ts";
import {
  firstFreePlace,
  freeRanges,
  isRefused,
  obstaclesOf,
  obstaclesTo,
  placementFacts,
  type Sketch,
} from "./placement-obstacles.ts";

const at = (time: string) => Date.parse(`2026-11-23T${time}:00.000Z`);
const iso = (start: string, end: string) => ({
  startsAt: `2026-11-23T${start}:00.000Z`,
  endsAt: `2026-11-23T${end}:00.000Z`,
});

function appointment(id: string, start: string, end: string, more: Partial<Appointment> = {}): Appointment {
  const times = iso(start, end);
  return {
    id,
    ...times,
    busyFrom: times.startsAt,
    busyTo: times.endsAt,
    providerId: "p",
    roomId: null,
    status: "confirmed",
    ...more,
  } as Appointment;
}

const facts = placementFacts({
  open: {
    items: [
      {
        providerId: "p",
        siteId: "s",
        intervals: [iso("08:00", "12:00"), iso("13:00", "17:00")],
        timeOff: [{ id: "t", ...iso("16:00", "17:00"), reason: "Congés", scope: "provider" }],
        external: [{ id: "e", ...iso("15:00", "15:30"), title: null }],
      },
    ],
    rooms: [],
  },
  isOpenTo: (providerId) => providerId !== "foreign",
  appointments: [
    appointment("a", "09:00", "10:00", { busyTo: "2026-11-23T10:15:00.000Z" }),
    appointment("b", "13:00", "14:00", { providerId: "q", roomId: "r" }),
    appointment("gone", "11:00", "12:00", { status: "cancelled" }),
  ],
  nameOf: ({ id }) => `name of ${id}`,
});

function sketch(start: string, end: string, more: Partial<Sketch> = {}): Sketch {
  const span = { start: at(start), end: at(end) } as Pick<Sketch, "start" | "end">;
  return { ...span, appointmentId: null, providerId: "p", roomId: null, before: 0, after: 0, ...more };
}
const codes = (place: Sketch) => obstaclesTo(facts, place).map(({ code }) => code);

describe("obstaclesTo", () => {
  it("finds nothing against a free place, nor an appointment against itself", () => {
    expect(codes(sketch("10:15", "11:15"))).toEqual([]);
    expect(codes(sketch("09:00", "10:00", { appointmentId: "a" }))).toEqual([]);
  });

  it("tells the appointment itself from its buffer, whosever buffer it is", () => {
    expect(codes(sketch("09:30", "10:30"))).toEqual(["busy"]);
    expect(codes(sketch("10:00", "10:30"))).toEqual(["buffer"]);
    expect(codes(sketch("08:30", "09:00", { after: 600_000 }))).toEqual(["buffer"]);
  });

  it("names who is in the way", () => {
    expect(obstaclesTo(facts, sketch("09:30", "10:30"))[0]).toEqual({
      code: "busy",
      title: "name of a",
      start: at("09:00"),
      end: at("10:00"),
    });
  });

  it("knows rooms across providers", () => {
    expect(codes(sketch("13:30", "14:30"))).toEqual([]);
    expect(codes(sketch("13:30", "14:30", { roomId: "r" }))).toEqual(["room_taken"]);
  });

  it("says closed, or away with the reason, and only warns of an external event", () => {
    expect(codes(sketch("11:30", "12:30"))).toEqual(["closed"]);
    expect(codes(sketch("16:30", "17:30"))).toEqual(["time_off"]);
    const external = obstaclesTo(facts, sketch("15:00", "15:30"));
    expect(external.map(({ code }) => code)).toEqual(["external_busy"]);
    expect(isRefused(external)).toBe(false);
    expect(isRefused(obstaclesTo(facts, sketch("11:30", "12:30")))).toBe(true);
  });
});

describe("freeRanges", () => {
  it("is open time without what is taken, and only where the whole appointment fits", () => {
    const lit = freeRanges(facts, sketch("09:00", "10:00", { appointmentId: "x", before: 900_000 }));
    expect(lit.map(({ start, end }) => [start, end])).toEqual([
      [at("08:00"), at("09:00")],
      [at("10:30"), at("12:00")],
      [at("13:00"), at("16:00")],
    ]);
    expect(freeRanges(facts, sketch("09:00", "12:30"))).toEqual([]);
  });
});

describe("obstaclesOf", () => {
  it("reads the server's reasons", () => {
    const reasons = [
      { code: "busy", busy: { ...iso("09:00", "10:00"), id: "a" } },
      { code: "time_off", interval: iso("16:00", "17:00"), reason: "Congés" },
    ];
    expect(obstaclesOf(reasons)).toEqual([
      { code: "busy", title: null, start: at("09:00"), end: at("10:00") },
      { code: "time_off", title: "Congés", start: at("16:00"), end: at("17:00") },
    ]);
  });
});

describe("firstFreePlace", () => {
  const wish = { minutes: 30, stepMinutes: 15, providerIds: ["p"] };
  const first = (from: string, more: Partial<typeof wish> = {}) =>
    firstFreePlace(facts, { ...wish, from: at(from), ...more });

  it("begins on the grid, where the whole of it fits", () => {
    expect(first("08:07")).toEqual({ start: at("08:15"), providerId: "p" });
    expect(first("08:40")).toEqual({ start: at("10:15"), providerId: "p" });
    expect(first("08:00", { minutes: 90 })).toEqual({ start: at("10:15"), providerId: "p" });
  });

  it("finds nothing after the last hours, and nothing for somebody whose hours are not known", () => {
    expect(first("15:45")).toBeNull();
    expect(first("08:00", { providerIds: ["stranger"] })).toBeNull();
  });
});

describe("whose agenda and which room", () => {
  const sketch = (more: Partial<Sketch>): Sketch =>
    ({
      start: at("13:15"),
      end: at("13:45"),
      appointmentId: null,
      providerId: "p",
      roomId: null,
      before: 0,
      after: 0,
      ...more,
    }) as Sketch;
  const codes = (more: Partial<Sketch>) => obstaclesTo(facts, sketch(more)).map(({ code }) => code);

  it("refuses an agenda that is not this person's to fill, first of all, and lights nothing in it", () => {
    expect(codes({ providerId: "foreign" })).toEqual(["not_yours"]);
    expect(isRefused(obstaclesTo(facts, sketch({ providerId: "foreign" })))).toBe(true);
    expect(freeRanges(facts, sketch({ providerId: "foreign" }))).toEqual([]);
    expect(codes({ providerId: "p" })).toEqual([]);
  });

  it("judges a room alone where nobody is named yet", () => {
    expect(codes({ providerId: null, roomId: "r" })).toEqual(["room_taken"]);
    expect(codes({ providerId: null, roomId: "other" })).toEqual([]);
    expect(codes({ providerId: "q", roomId: "r" })).toEqual(["busy", "room_taken"]);
  });
});
