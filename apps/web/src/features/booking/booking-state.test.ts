import { describe, expect, it } from "vitest";
import { readState, withState } from "./booking-state.ts";

const read = (query: string) => readState(new URLSearchParams(query));

describe("readState", () => {
  it("reads where a visitor is", () => {
    const slot = "2026-12-09T09:00:00.000Z";
    expect(read(`service=visite&month=2026-12&date=2026-12-09&tz=Asia/Kathmandu&slot=${slot}`)).toMatchObject(
      {
        service: "visite",
        month: "2026-12",
        date: "2026-12-09",
        zone: "Asia/Kathmandu",
        slot,
      },
    );
    expect(read("slot=2026-12-09T10:00:00%2B01:00").slot).toBe(slot);
  });

  // Each of them was an error of ours on the page.
  it.each([
    "month=9999-12",
    "month=2026-13",
    "month=december",
    "date=9999-12-31",
    "date=2026-02-30",
    "slot=%2B275760-09-13T00:00:00.000Z",
    "slot=99999999999999",
    "slot=tomorrow",
    "tz=%2B01:00",
    "tz=-03:30",
    "tz=Mars/Olympus",
    "tz=%00",
  ])("leaves out %s, which makes no sense", (query) => {
    const { month, date, slot, zone } = read(query);
    expect({ month, date, slot, zone }).toEqual({ month: null, date: null, slot: null, zone: null });
  });
});

describe("withState", () => {
  it("changes what it is told to, and keeps the rest", () => {
    const query = new URLSearchParams("service=visite&date=2026-12-09&campaign=autumn");
    expect(withState(query, { date: null, wait: "1" })).toBe("?service=visite&campaign=autumn&wait=1");
    expect(withState(new URLSearchParams("wait=1"), { wait: null })).toBe("");
  });
});
