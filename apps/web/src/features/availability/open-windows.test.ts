import type { Schedule } from "@creneau/domain/availability/open-time";
import type { Instant } from "@creneau/domain/time/instant";
import { describe, expect, it } from "vitest";
import {
  clockChange,
  isOutsideOpening,
  openWindows,
  providerSchedule,
  siteSchedule,
} from "./open-windows.ts";

const rule = (isoWeekday: number, startMinute: number, endMinute: number, dates = {}) => ({
  id: "",
  isoWeekday,
  startMinute,
  endMinute,
  validFrom: null,
  validTo: null,
  ...dates,
});

const site = {
  siteId: "s",
  name: "Site",
  timezone: "Europe/Paris",
  canChange: true,
  rules: [rule(1, 480, 1080), rule(7, 0, 1440)],
  exceptions: [{ id: "x", siteId: "s", providerId: null, date: "2027-05-03", windows: [], reason: "Fête" }],
  timeOff: [
    {
      id: "r",
      siteId: null,
      providerId: null,
      roomId: "room",
      startsAt: "2027-05-10T07:00:00.000Z",
      endsAt: "2027-05-10T09:00:00.000Z",
      reason: null,
    },
  ],
};
const provider = {
  providerId: "p",
  canChange: true,
  sites: [
    {
      siteId: "s",
      name: "Site",
      timezone: "Europe/Paris",
      rules: [rule(1, 420, 720), rule(7, 60, 300)],
      opening: [],
    },
  ],
  exceptions: [
    { id: "e", siteId: "other", providerId: "p", date: "2027-05-10", windows: [], reason: null },
    {
      id: "f",
      siteId: null,
      providerId: "p",
      date: "2027-05-17",
      windows: [{ startMinute: 600, endMinute: 660 }],
      reason: null,
    },
  ],
  timeOff: [
    {
      id: "t",
      siteId: null,
      providerId: "p",
      roomId: null,
      startsAt: "2027-05-24T08:00:00.000Z",
      endsAt: "2027-05-24T08:30:00.000Z",
      reason: null,
    },
  ],
};

describe("open windows of a date", () => {
  it("are the provider's within the site's, without exceptions of another site and without a room's closure", () => {
    const schedule = providerSchedule(provider, site);
    expect(openWindows(schedule, "2027-05-10")).toEqual([{ startMinute: 480, endMinute: 720 }]);
    expect(openWindows(schedule, "2027-05-03")).toEqual([]);
    expect(openWindows(schedule, "2027-05-17")).toEqual([{ startMinute: 600, endMinute: 660 }]);
    expect(openWindows(schedule, "2027-05-24")).toEqual([
      { startMinute: 480, endMinute: 600 },
      { startMinute: 630, endMinute: 720 },
    ]);
  });

  it("of a site are its own, and reach to midnight", () => {
    expect(openWindows(siteSchedule(site), "2027-05-09")).toEqual([{ startMinute: 0, endMinute: 1440 }]);
  });

  it("stay on the wall clock when the clocks change", () => {
    const schedule = providerSchedule(provider, site);
    expect(openWindows(schedule, "2027-03-28")).toEqual([{ startMinute: 60, endMinute: 300 }]);
    expect(openWindows(schedule, "2027-10-31")).toEqual([{ startMinute: 60, endMinute: 300 }]);
  });

  it("do not exist on a date that the zone skipped", () => {
    const schedule: Schedule = {
      ...siteSchedule({ ...site, timezone: "Pacific/Apia", rules: [] }),
      timeOff: [],
    };
    expect(openWindows(schedule, "2011-12-30")).toEqual([]);
    expect(openWindows(schedule, "2011-12-31")).toEqual([{ startMinute: 0, endMinute: 1440 }]);
  });

  it("are cut by an absence in progress since yesterday", () => {
    const away = {
      start: Date.parse("2027-05-09T00:00:00Z") as Instant,
      end: Date.parse("2027-05-10T09:00:00Z") as Instant,
    };
    expect(openWindows({ ...providerSchedule(provider, site), timeOff: [away] }, "2027-05-10")).toEqual([
      { startMinute: 660, endMinute: 720 },
    ]);
  });
});

it("knows the days on which the clocks change, half hours too", () => {
  expect(clockChange("Europe/Paris", "2027-03-28")).toBe(-1);
  expect(clockChange("Europe/Paris", "2027-10-31")).toBe(1);
  expect(clockChange("Europe/Paris", "2027-10-30")).toBe(0);
  expect(clockChange("Australia/Lord_Howe", "2027-04-04")).toBe(0.5);
});

it("notices a window that the site's usual hours do not hold", () => {
  const opening = [rule(1, 480, 720), rule(1, 720, 1080), rule(2, 480, 1080, { validTo: "2027-05-31" })];
  const monday = { isoWeekday: 1, startMinute: 480, endMinute: 1080 };
  expect(isOutsideOpening(monday, opening, "2027-05-05")).toBe(false);
  expect(isOutsideOpening({ ...monday, endMinute: 1081 }, opening, "2027-05-05")).toBe(true);
  expect(isOutsideOpening({ ...monday, isoWeekday: 2 }, opening, "2027-05-05")).toBe(false);
  expect(isOutsideOpening({ ...monday, isoWeekday: 2 }, opening, "2027-06-05")).toBe(true);
  expect(isOutsideOpening(monday, [], "2027-05-05")).toBe(false);
});
