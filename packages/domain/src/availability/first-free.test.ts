import { describe, expect, test } from "vitest";
import { formatInstant } from "../time/iso-instant.ts";
import { firstFree, nearestFree } from "./first-free.ts";
import { at, busyFor, factsWith } from "./sample-facts.fixture.ts";

// The sample is open on Tuesdays 9–12 in Paris (07:00–10:00Z in June), seen from Monday 2026-06-01.
const morning = busyFor("2026-06-02T07:00Z", 180);

describe("firstFree", () => {
  test("is the first start of the first day with room", () => {
    expect(firstFree(factsWith())).toBe(at("2026-06-02T07:00Z"));
    expect(firstFree(factsWith({ busy: [morning] }))).toBe(at("2026-06-09T07:00Z"));
  });
  test("looks on from the moment given, that moment included", () => {
    expect(firstFree(factsWith(), at("2026-06-02T08:00Z"))).toBe(at("2026-06-02T08:00Z"));
    expect(firstFree(factsWith(), at("2026-06-02T08:01Z"))).toBe(at("2026-06-02T08:30Z"));
  });
  test("finds nothing beyond the horizon", () => {
    expect(firstFree(factsWith({ busy: [morning], rules: { horizonDays: 7 } }))).toBeNull();
    expect(firstFree(factsWith({ busy: [morning], rules: { horizonDays: 8 } }))).toBe(
      at("2026-06-09T07:00Z"),
    );
  });
  test("gives up after a year without a horizon", () => {
    const schedule = { provider: { rules: [], exceptions: [] } };
    expect(firstFree(factsWith({ schedule, rules: { horizonDays: null } }))).toBeNull();
  });
});

describe("nearestFree", () => {
  const around = (wanted: string, count?: number) =>
    nearestFree({
      facts: factsWith({ busy: [busyFor("2026-06-02T08:00Z", 60)] }),
      wanted: at(wanted),
      count,
    }).map((start) => formatInstant(start).slice(5, 16));

  test("proposes both sides, nearest first chosen, in order", () => {
    expect(around("2026-06-02T08:00Z")).toEqual(["06-02T07:00", "06-02T07:30", "06-02T09:00"]);
  });
  test("of two equally near, the earlier", () => {
    expect(around("2026-06-02T08:15Z", 1)).toEqual(["06-02T07:30"]);
  });
  test("goes on to the next open day", () => {
    expect(around("2026-06-02T09:30Z", 4)).toEqual([
      "06-02T07:00",
      "06-02T07:30",
      "06-02T09:00",
      "06-09T07:00",
    ]);
  });
});
