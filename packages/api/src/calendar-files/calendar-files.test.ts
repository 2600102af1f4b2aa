import type { Instant } from "@creneau/domain/time/instant";
import { isRepeatedTime } from "@creneau/domain/time/local-time";
import { type Zone, zone } from "@creneau/domain/time/zone";
import { zoneSegments } from "@creneau/domain/time/zone-day";
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

/** Names of zones that the list of the runtime leaves out: those of old, those that are others by now, those of no place. */
const otherNames = [
  "Europe/Kiev",
  "Asia/Calcutta",
  "US/Pacific",
  "America/Buenos_Aires",
  "GB",
  "Etc/UTC",
  "GMT",
  "Etc/GMT+5",
];
const zones = [...Intl.supportedValuesOf("timeZone"), ...otherNames].map(zone);

/** Starts that matter in a zone: every quarter of an hour around each change of its clock within two years, and quiet days. */
function startsIn(name: Zone): Instant[] {
  const from = Date.parse("2026-12-01T08:15:00Z") as Instant;
  const to = Date.parse("2028-12-01T00:00:00Z") as Instant;
  const segments = zoneSegments(name, from, to);
  const changes = segments.filter(
    (segment, index) => index > 0 && segment.offset !== segments[index - 1]?.offset,
  );
  const around = changes.flatMap(({ start }) =>
    Array.from({ length: 17 }, (_, index) => start + (index - 8) * 900_000),
  );
  return [...around, from, from + 100 * 86_400_000, from + 200 * 86_400_000] as Instant[];
}

/** A file with an appointment of each length at each start, and the instants that belong to each by its id. */
function fileOf(names: readonly Zone[]) {
  const events = names.flatMap((name) =>
    startsIn(name).flatMap((start) =>
      [15, 90].map((minutes) => ({
        ...event,
        id: `${name}/${start}/${minutes}`,
        zone: name,
        startsAt: new Date(start),
        endsAt: new Date(start + minutes * 60_000),
      })),
    ),
  );
  const wanted = new Map(
    events.map(({ id, startsAt, endsAt }) => [
      `${id}@creneau`,
      `${startsAt.toISOString()} ${endsAt.toISOString()}`,
    ]),
  );
  return { events, text: calendarText(events), wanted };
}

describe("the times of calendar files, in every zone and around both changes of its clock", () => {
  it("are the same instants to ical.js, by the rules that the file itself declares", {
    timeout: 120_000,
  }, () => {
    const placeless: string[] = [];
    const doubtful: string[] = [];
    for (const name of zones) {
      const { events, text, wanted } = fileOf([name]);
      const calendar = new ICAL.Component(ICAL.parse(text));
      const declared = calendar.getAllSubcomponents("vtimezone").map((block) => {
        ICAL.TimezoneService.register(new ICAL.Timezone(block));
        return String(block.getFirstPropertyValue("tzid"));
      });
      const used = new Set<string>();
      const read = new Map<string, string>();
      for (const component of calendar.getAllSubcomponents("vevent")) {
        for (const property of ["dtstart", "dtend"]) {
          const tzid = component.getFirstProperty(property)?.getFirstParameter("tzid");
          if (tzid) used.add(tzid);
        }
        const { uid, startDate, endDate } = new ICAL.Event(component);
        expect(endDate.toJSDate() > startDate.toJSDate(), uid).toBe(true);
        read.set(uid, `${startDate.toJSDate().toISOString()} ${endDate.toJSDate().toISOString()}`);
      }
      // Exactly those that are used, each once, under the name that people know.
      expect(declared, name).toEqual([...used]);
      expect(declared.length === 0 || declared[0] === name, name).toBe(true);
      expect(
        [...read].filter(([uid, times]) => wanted.get(uid) !== times),
        name,
      ).toEqual([]);
      expect(read.size).toBe(wanted.size);
      if (declared.length === 0) placeless.push(name);
      const isRepeated = (at: Date) => isRepeatedTime(at.getTime() as Instant, name);
      const clear = events.filter(({ startsAt, endsAt }) => !isRepeated(startsAt) && !isRepeated(endsAt));
      const inZone = text.match(/^DTSTART;TZID=/gm)?.length ?? 0;
      if (declared.length > 0 && inZone < clear.length) doubtful.push(name);
      for (const tzid of declared) ICAL.TimezoneService.remove(tzid);
    }
    // All others are on their own clock, but for the hours that come twice.
    expect(placeless.filter((name) => !/^(Etc\/|UTC$|GMT$)/.test(name))).toEqual([]);
    // The library's rules of these are a week off in some years: then UTC says what they would not.
    const known = /^(America\/(Godthab|Nuuk|Santiago|Scoresbysund)|Asia\/(Gaza|Hebron|Jerusalem))$/;
    expect(doubtful.filter((name) => !known.test(name))).toEqual([]);
  });

  it("are the same instants to node-ical, whose rules are its own", { timeout: 120_000 }, () => {
    for (const name of zones) {
      const { text, wanted } = fileOf([name]);
      const read = Object.values(ical.sync.parseICS(text)).flatMap((part) =>
        part?.type === "VEVENT"
          ? [[part.uid, `${part.start.toISOString()} ${(part.end as Date).toISOString()}`]]
          : [],
      );
      expect(
        read.filter(([uid = "", times]) => wanted.get(uid) !== times),
        name,
      ).toEqual([]);
      expect(read.length, name).toBe(wanted.size);
    }
  });

  it("are told apart where the clock shows them twice, and on the wall clock everywhere else", () => {
    const start = (at: string, name = "Europe/Paris") =>
      /(?<=BEGIN:VEVENT.*)DTSTART[^\r]*/s.exec(
        calendarText([
          { ...event, zone: zone(name), startsAt: new Date(at), endsAt: new Date(Date.parse(at) + 900_000) },
        ]),
      )?.[0];
    expect(start("2026-10-25T00:00:00Z")).toBe("DTSTART:20261025T000000Z");
    expect(start("2026-10-25T01:00:00Z")).toBe("DTSTART:20261025T010000Z");
    expect(start("2026-10-25T02:00:00Z")).toBe("DTSTART;TZID=Europe/Paris:20261025T030000");
    expect(start("2026-10-25T08:00:00Z", "Indian/Reunion")).toBe(
      "DTSTART;TZID=Indian/Reunion:20261025T120000",
    );
    // Into the repeated hour, or out of it: both ends in one way.
    const night = calendarText([
      { ...event, startsAt: new Date("2026-10-24T23:45:00Z"), endsAt: new Date("2026-10-25T00:15:00Z") },
    ]);
    expect(night).toContain("DTSTART:20261024T234500Z\r\nDTEND:20261025T001500Z");
    expect(night).not.toContain("VTIMEZONE");
  });

  it("are in UTC where the declared rules would say another instant", () => {
    // Before 1981 the clock of Paris was put back on other days than the rules of today say.
    const old = calendarText([
      { ...event, startsAt: new Date("1979-10-01T08:00:00Z"), endsAt: new Date("1979-10-01T09:00:00Z") },
    ]);
    expect(old).toContain("DTSTART:19791001T080000Z");
  });

  it("share one declaration of each zone in a file of many", () => {
    const names = ["Indian/Reunion", "Asia/Dubai", "Europe/Paris", "Asia/Kathmandu"].map(zone);
    const file = calendarText(
      [...names, ...names].map((name, index) => ({ ...event, id: String(index), zone: name })),
    );
    expect(file.match(/(?<=^TZID:)[^\r]*/gm)).toEqual(names);
  });
});

describe("calendar files", () => {
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

  it("quote names, and let nothing of an old row through that no calendar file may hold", () => {
    const message = {
      method: "REQUEST" as const,
      organizer: { name: 'Dr "Knock"; Martin, fils', email: "dr@example.test" },
      attendee: { name: "Léa\r\nBCC:x@example.test", email: "lea@example.test" },
    };
    const odd = { ...event, title: "a\u000bb\u0000c\u0085d\ud800", description: "un\r\ndeux\rtrois\u0007" };
    const file = calendarText([odd], { message });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be in it.
    expect(file.replaceAll("\r\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    const read = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent("vevent");
    expect(read?.getFirstPropertyValue("summary")).toBe("a b c d\ufffd");
    expect(read?.getFirstPropertyValue("description")).toBe("un\ndeux\ntrois ");
    expect(read?.getFirstProperty("organizer")?.getFirstParameter("cn")).toBe('Dr "Knock"; Martin, fils');
    expect(read?.getFirstProperty("attendee")?.getFirstParameter("cn")).toBe("Léa BCC:x@example.test");
    expect(read?.getAllProperties()).toHaveLength(13);
  });

  it("mark what is cancelled, and take no time for it", () => {
    const read = new ICAL.Component(
      ICAL.parse(calendarText([{ ...event, status: "CANCELLED" }])),
    ).getFirstSubcomponent("vevent");
    expect(read?.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(read?.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  });
});
