import { zone } from "@creneau/domain/time/zone";
import ICAL from "ical.js";
import ical from "node-ical";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, calendarText } from "./calendar-text.ts";

const event: CalendarEvent = {
  id: "0190aaaa-0000-7000-8000-000000000001",
  version: 3,
  status: "CONFIRMED",
  startsAt: new Date("2026-10-24T07:00:00Z"),
  endsAt: new Date("2026-10-24T07:45:00Z"),
  changedAt: new Date("2026-09-01T10:00:00Z"),
  zone: zone("Europe/Paris"),
  title:
    "Visite d’un bien; 12, rue du Bac \\ étage 3 – un titre assez long pour être plié deux fois par le fichier",
  description: "première ligne\nseconde ligne",
  location: "Agence, Paris",
};

/** Either side of both changes of clock, in zones where a wrong offset cannot pass by luck. */
const instants = [
  "2026-03-28T08:00:00Z",
  "2026-03-29T08:00:00Z",
  "2026-10-24T08:00:00Z",
  "2026-10-25T08:00:00Z",
  "2027-01-15T08:00:00Z",
];
const zones = [
  "Europe/Paris",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/New_York",
];

describe("calendar files", () => {
  it.each(zones)("say the same instant to ical.js in %s", (name) => {
    for (const text of instants) {
      const startsAt = new Date(text);
      const file = calendarText([
        { ...event, zone: zone(name), startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
      ]);
      const calendar = new ICAL.Component(ICAL.parse(file));
      const block = calendar.getFirstSubcomponent("vtimezone");
      if (!block) throw new Error("No VTIMEZONE");
      ICAL.TimezoneService.register(new ICAL.Timezone(block), name);
      const read = new ICAL.Event(calendar.getFirstSubcomponent("vevent") as ICAL.Component);
      expect(read.startDate.toJSDate().toISOString()).toBe(startsAt.toISOString());
      ICAL.TimezoneService.remove(name);
    }
  });

  it.each(zones)("say the same instant to node-ical in %s", (name) => {
    for (const text of instants) {
      const startsAt = new Date(text);
      const file = calendarText([
        { ...event, zone: zone(name), startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
      ]);
      const read = Object.values(ical.sync.parseICS(file)).find((part) => part?.type === "VEVENT") as {
        start: Date;
      };
      expect(new Date(read.start).toISOString()).toBe(startsAt.toISOString());
    }
  });

  it("keep every character, within 75 octets a line", () => {
    const file = calendarText([event], { name: "Créneau" });
    for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const read = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent("vevent");
    expect(read?.getFirstPropertyValue("summary")).toBe(event.title);
    expect(read?.getFirstPropertyValue("description")).toBe(event.description);
    expect(read?.getFirstPropertyValue("sequence")).toBe(3);
    expect(read?.getFirstPropertyValue("uid")).toBe(`${event.id}@creneau`);
    const other = Object.values(ical.sync.parseICS(file)).find((part) => part?.type === "VEVENT") as {
      summary: string;
    };
    expect(other.summary).toBe(event.title);
  });

  it("mark what is cancelled, and take no time for it", () => {
    const read = new ICAL.Component(
      ICAL.parse(calendarText([{ ...event, status: "CANCELLED" }])),
    ).getFirstSubcomponent("vevent");
    expect(read?.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(read?.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  });
});
