import type { Instant } from "@creneau/domain/time/instant";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneOffsetAt } from "@creneau/domain/time/zone-day";
import { tzlib_get_ical_block } from "timezones-ical-library";

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

/**
 * A calendar file (RFC 5545). Times are on the site's wall clock with its rules beside them, so that an appointment
 * stays at 9:00 in a calendar that shows another zone. `name` makes it a feed that asks to be refreshed;
 * `message` an invitation, or its end, for one person. Nobody reads answers to it, so none is asked for.
 */
export function calendarText(
  events: CalendarEvent[],
  { name, message }: { name?: string; message?: CalendarMessage } = {},
): string {
  const zones = [...new Set(events.map(({ zone }) => zone))];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Creneau//Creneau//FR",
    "CALSCALE:GREGORIAN",
    `METHOD:${message?.method ?? "PUBLISH"}`,
    ...(name
      ? [`X-WR-CALNAME:${escapeText(name)}`, "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M"]
      : []),
    ...zones.flatMap(zoneLines),
    ...events.flatMap((event) => eventLines(event, message)),
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function eventLines(event: CalendarEvent, message: CalendarMessage | undefined): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${event.id}@creneau`,
    `SEQUENCE:${event.version}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `LAST-MODIFIED:${utc(event.changedAt)}`,
    `DTSTART;TZID=${event.zone}:${wallClock(event.startsAt, event.zone)}`,
    `DTEND;TZID=${event.zone}:${wallClock(event.endsAt, event.zone)}`,
    `SUMMARY:${escapeText(event.title)}`,
    ...(event.description ? [`DESCRIPTION:${escapeText(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escapeText(event.location)}`] : []),
    ...(message ? peopleLines(message) : []),
    `STATUS:${event.status}`,
    `TRANSP:${event.status === "CANCELLED" ? "TRANSPARENT" : "OPAQUE"}`,
    "END:VEVENT",
  ];
}

function peopleLines({ organizer, attendee }: CalendarMessage): string[] {
  return [
    `ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.email}`,
    `ATTENDEE;CN=${quoted(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${attendee.email}`,
  ];
}

/** A parameter's value knows no escape: what would end it becomes a space. */
function quoted(text: string): string {
  return `"${text.replace(/["\p{Cc}]/gu, " ").trim()}"`;
}

/** The zone's own rules; nothing for UTC, which needs none. */
function zoneLines(zone: Zone): string[] {
  const [block] = tzlib_get_ical_block(zone);
  return typeof block === "string" && block.startsWith("BEGIN:VTIMEZONE") ? block.trim().split(/\r?\n/) : [];
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function wallClock(at: Date, zone: Zone): string {
  const local = new Date(at.getTime() + zoneOffsetAt(zone, at.getTime() as Instant));
  return local.toISOString().slice(0, 19).replace(/[-:]/g, "");
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, "\\n");
}

/** Lines of at most 75 octets; a continuation begins with a space. Characters are never cut in two. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line;
  const pieces: string[] = [];
  let piece = "";
  let length = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (length + size > 75) {
      pieces.push(piece);
      piece = "";
      length = 1;
    }
    piece += character;
    length += size;
  }
  return [...pieces, piece].join("\r\n ");
}
