import type { Instant } from "@creneau/domain/time/instant";
import { isRepeatedTime } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneOffsetAt } from "@creneau/domain/time/zone-day";
import ICAL from "ical.js";
import { findZoneRules, type ZoneRules } from "./find-zone-rules.ts";

/** One appointment in a calendar file. */
export interface CalendarEvent {
  /** Appointment's id: the same in every file, so that calendars update instead of doubling. */
  id: string;
  /** Grows with every change. */
  version: number;
  status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  startsAt: Date;
  endsAt: Date;
  /** Last change. */
  changedAt: Date;
  /** Whose clock it is told by. */
  zone: Zone;
  title: string;
  description?: string;
  location?: string;
}

/** Somebody named in an invitation. */
export interface CalendarPerson {
  name: string;
  email: string;
}

/** What a mail does to its reader's calendar (RFC 5546): puts the event there, or takes it out. */
export interface CalendarMessage {
  method: "REQUEST" | "CANCEL";
  organizer: CalendarPerson;
  attendee: CalendarPerson;
}

/** A component or a property as ical.js takes it (jCal, RFC 7265). */
type Component = [name: string, properties: Property[], components: Component[]];
type Property = [name: string, parameters: Record<string, string>, type: string, value: string | number];

/**
 * A calendar file (RFC 5545). Times are on the wall clock of each event's zone with that zone's rules beside them, so
 * that an appointment stays at 9:00 in a calendar that shows another zone; the hour that a clock shows twice, and times
 * for which the rules are not ours, are in UTC. `name` makes it a feed that asks to be refreshed; `message` an
 * invitation, or its end, for one person. Nobody reads answers to it, so none is asked for.
 */
export function calendarText(
  events: CalendarEvent[],
  { name, message }: { name?: string; message?: CalendarMessage } = {},
): string {
  const used = new Map<Zone, ZoneRules>();
  const components = events.map((event) => eventComponent(event, { used, message }));
  const file: Component = [
    "vcalendar",
    [
      ["version", {}, "text", "2.0"],
      ["prodid", {}, "text", "-//Creneau//Creneau//FR"],
      ["calscale", {}, "text", "GREGORIAN"],
      ["method", {}, "text", message?.method ?? "PUBLISH"],
      ...(name === undefined
        ? []
        : ([
            ["x-wr-calname", {}, "unknown", plain(name)],
            ["refresh-interval", {}, "duration", "PT15M"],
            ["x-published-ttl", {}, "unknown", "PT15M"],
          ] as Property[])),
    ],
    [...[...used.values()].map(({ component }) => component as Component), ...components],
  ];
  return `${ICAL.stringify(file)}\r\n`;
}

function eventComponent(
  event: CalendarEvent,
  { used, message }: { used: Map<Zone, ZoneRules>; message: CalendarMessage | undefined },
): Component {
  const rules = rulesFor(event);
  if (rules) used.set(event.zone, rules);
  const time = (name: string, at: Date): Property =>
    rules
      ? [name, { tzid: event.zone }, "date-time", wallClock(at, event.zone)]
      : [name, {}, "date-time", utc(at)];
  return [
    "vevent",
    [
      ["uid", {}, "text", `${event.id}@creneau`],
      ["sequence", {}, "integer", event.version],
      ["dtstamp", {}, "date-time", utc(event.changedAt)],
      ["last-modified", {}, "date-time", utc(event.changedAt)],
      time("dtstart", event.startsAt),
      time("dtend", event.endsAt),
      ["summary", {}, "text", plain(event.title)],
      ...(event.description ? [["description", {}, "text", plain(event.description)] as Property] : []),
      ...(event.location ? [["location", {}, "text", plain(event.location)] as Property] : []),
      ...(message ? people(message) : []),
      ["status", {}, "text", event.status],
      ["transp", {}, "text", event.status === "CANCELLED" ? "TRANSPARENT" : "OPAQUE"],
    ],
    [],
  ];
}

function people({ organizer, attendee }: CalendarMessage): Property[] {
  return [
    ["organizer", { cn: plainName(organizer.name) }, "cal-address", `mailto:${organizer.email}`],
    [
      "attendee",
      { cn: plainName(attendee.name), role: "REQ-PARTICIPANT", partstat: "ACCEPTED", rsvp: "FALSE" },
      "cal-address",
      `mailto:${attendee.email}`,
    ],
  ];
}

/** The rules to read an event's times by; null where only UTC says for certain when it is. */
function rulesFor({ startsAt, endsAt, zone }: CalendarEvent): ZoneRules | null {
  const rules = findZoneRules(zone);
  const isClear = (at: Date) => {
    const instant = at.getTime() as Instant;
    return (
      !isRepeatedTime(instant, zone) && rules?.offsetAt(wallClock(at, zone)) === zoneOffsetAt(zone, instant)
    );
  };
  return rules && isClear(startsAt) && isClear(endsAt) ? rules : null;
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** What the clock on the wall reads, `YYYY-MM-DDTHH:MM:SS`. */
function wallClock(at: Date, zone: Zone): string {
  const local = new Date(at.getTime() + zoneOffsetAt(zone, at.getTime() as Instant));
  return local.toISOString().slice(0, 19);
}

/** Rows of older days may hold what no calendar file may: control characters, but line breaks, and half characters. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, " ");
}

/** A parameter knows no line breaks. */
function plainName(text: string): string {
  return plain(text).replaceAll("\n", " ").trim();
}
