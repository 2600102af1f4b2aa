import { describe, expect, test } from "vitest";
import { at } from "../availability/sample-facts.fixture.ts";
import { localDate } from "../time/local-date.ts";
import { zone } from "../time/zone.ts";
import { chooseOffer, mostOffers, type Wish } from "./choose-offer.ts";

const wholeDay = { startMinute: 0, endMinute: 1440, offered: [], seen: [] };
const days = (fromDate: string, toDate = fromDate) => ({
  fromDate: localDate(fromDate),
  toDate: localDate(toDate),
});

function offer(
  starts: string[],
  {
    wish,
    timezone = "Europe/Paris",
    now = "2026-03-01T00:00Z",
  }: { wish: Wish; timezone?: string; now?: string },
) {
  const found = chooseOffer({ wish, starts: starts.map(at), zone: zone(timezone), now: at(now) });
  return found && new Date(found.startsAt).toISOString().slice(0, 16);
}

describe("chooseOffer", () => {
  test("takes the first start on the days wished, both included, by the site's calendar", () => {
    const wish = { ...wholeDay, ...days("2026-03-10", "2026-03-11") };
    // 18:15 UTC is midnight in Kathmandu.
    const timezone = "Asia/Kathmandu";
    expect(offer(["2026-03-09T18:14Z", "2026-03-09T18:15Z"], { wish, timezone })).toBe("2026-03-09T18:15");
    expect(offer(["2026-03-11T18:14Z"], { wish, timezone })).toBe("2026-03-11T18:14");
    expect(offer(["2026-03-11T18:15Z"], { wish, timezone })).toBeNull();
  });

  test("keeps to the times of the day on both sides of a change of clock", () => {
    const wish = { ...wholeDay, ...days("2026-03-28", "2026-10-26"), startMinute: 540, endMinute: 720 };
    // 9:00 in Paris is 8:00 UTC in winter and 7:00 UTC in summer; 12:00 is no morning any more.
    expect(offer(["2026-03-28T07:59Z", "2026-03-28T08:00Z"], { wish })).toBe("2026-03-28T08:00");
    expect(offer(["2026-03-29T06:59Z", "2026-03-29T07:00Z"], { wish })).toBe("2026-03-29T07:00");
    expect(offer(["2026-03-29T10:00Z"], { wish })).toBeNull();
    expect(offer(["2026-10-25T07:59Z", "2026-10-25T08:00Z"], { wish })).toBe("2026-10-25T08:00");
    // Half past one comes twice that night in St. John's: 04:00 and 05:00 UTC.
    const early = { ...wish, ...days("2025-11-02"), startMinute: 60, endMinute: 120 };
    const there = { wish: early, timezone: "America/St_Johns", now: "2025-10-01T00:00Z" };
    for (const half of ["2025-11-02T04:00Z", "2025-11-02T05:00Z"])
      expect(offer([half], there)).toBe(half.slice(0, 16));
    expect(offer(["2025-11-02T05:30Z"], there)).toBeNull();
  });

  test("offers nothing twice, and nothing to whoever let enough pass", () => {
    const wish = { ...wholeDay, ...days("2026-03-10") };
    const starts = ["2026-03-10T09:00Z", "2026-03-10T10:00Z"];
    expect(offer(starts, { wish })).toBe("2026-03-10T09:00");
    expect(offer(starts, { wish: { ...wish, offered: [at("2026-03-10T09:00Z")] } })).toBe("2026-03-10T10:00");
    expect(offer(starts, { wish: { ...wish, seen: [at("2026-03-10T09:00Z")] } })).toBe("2026-03-10T10:00");
    const earlier = Array.from({ length: mostOffers }, (_, hour) => at(`2026-03-02T0${hour}:00Z`));
    expect(offer(starts, { wish: { ...wish, offered: earlier } })).toBeNull();
    expect(offer(starts, { wish: { ...wish, offered: earlier.slice(1) } })).toBe("2026-03-10T09:00");
  });

  test("keeps it for a quarter of the time that is left, within bounds", () => {
    const wish = { ...wholeDay, ...days("2026-03-10", "2026-03-20") };
    const kept = (now: string, start = "2026-03-10T12:00Z") => {
      const found = chooseOffer({ wish, starts: [at(start)], zone: zone("Europe/Paris"), now: at(now) });
      return found && (found.until - at(now)) / 60_000;
    };
    expect(kept("2026-03-10T08:00Z")).toBe(60);
    expect(kept("2026-03-10T11:00Z")).toBe(15);
    expect(kept("2026-03-01T02:00Z")).toBe(720);
    // Nobody answers at night: until nine in Paris, which is 8:00 UTC; not so where no hour would be left.
    expect(kept("2026-03-01T12:00Z")).toBe(20 * 60);
    expect(kept("2026-03-09T19:00Z")).toBe(13 * 60);
    expect(kept("2026-03-10T04:00Z")).toBe(4 * 60);
    expect(kept("2026-03-10T04:00Z", "2026-03-10T08:00Z")).toBe(60);
    // Whole minutes; and nothing that begins within the hour.
    expect(kept("2026-03-10T08:00:30Z")).toBe(59);
    expect(kept("2026-03-10T11:00:01Z")).toBeNull();
  });
});
