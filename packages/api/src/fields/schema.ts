import { isPlainLine, isPlainText, tidyLine, tidyText } from "@creneau/domain/text/human-text";
import { parseLocalDate } from "@creneau/domain/time/local-date";
import { isValidZone, type Zone } from "@creneau/domain/time/zone";
import { z } from "zod";

/*
 * What single fields of a request are made of, once for all slices: text that a person typed, numbers that fit their
 * column, instants, dates, zones, and what machines made (ids, tokens, keys, cursors). Whatever passes here can be kept,
 * mailed, written into a calendar file, and searched.
 */

/*
 * 1. Text of people. Every text is tidied first (see the domain's human-text.ts), then measured in UTF-16 units.
 */
const characters = { message: "Control characters are not allowed", params: { problem: "characters" } };

/** One line, perhaps empty. */
export const maybeLine = (max: number) =>
  z.string().overwrite(tidyLine).max(max).refine(isPlainLine, characters);
/** One line that says something. */
export const line = (max: number) =>
  z.string().overwrite(tidyLine).min(1).max(max).refine(isPlainLine, characters);
/** A text whose lines may break (`\n`), perhaps empty. */
export const maybeLines = (max: number) =>
  z.string().overwrite(tidyText).max(max).refine(isPlainText, characters);
/** A text whose lines may break, that says something. */
export const lines = (max: number) =>
  z.string().overwrite(tidyText).min(1).max(max).refine(isPlainText, characters);

/** What somebody or something is called. */
export const name = line(200);
/** Words typed into a search box; empty looks for nothing in particular. */
export const searchText = maybeLine(100);
/** Lower-cased, so that one person is one address. */
export const email = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** A telephone number as it is typed; whether anybody could call it is for `directory/phone.ts` to say. */
export const phoneText = line(40).min(4);
/** A name in an address: of a public page, a site, a service. */
export const publicName = line(100);
/** Taken as it is typed: only its hash is kept. */
export const password = z.string().min(1).max(200);
/** Long enough to hold, short enough to hash; no other rule, as NIST 800-63B advises. */
export const newPassword = z.string().min(10).max(200);

/** Something said of a subject, `{fuel: "diesel"}`; `null` says that it is not known. */
export const attributeName = line(64);
export const attributeValue = z.union([maybeLine(500), z.number(), z.boolean()]);
export const attributes = (most: number) =>
  z
    .record(attributeName, attributeValue)
    .refine((given) => Object.keys(given).length <= most, "Too many attributes");

/*
 * 2. Numbers, each within its column.
 */
/** Of a row: how often it has changed. PostgreSQL keeps it in four bytes. */
export const version = z.int().min(1).max(2_147_483_647);
/** Money, in cents: what a service may cost, up to a million. */
export const priceCents = z.int().min(0).max(100_000_000);
/** A length of time in minutes, up to a day. */
export const durationMinutes = z.int().min(1).max(1440);
/** A time of day: minutes since the wall clock's midnight; 1440 is the end of the day. */
export const minuteOfDay = z.int().min(0).max(1440);
/** Where a row stands among others. */
export const position = z.int().min(0).max(100_000);
/** Degrees, to a centimetre: finer, the database's arithmetic ends in an underflow. */
const degrees = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .overwrite((value) => Math.round(value * 1e7) / 1e7);
export const latitude = degrees(90);
export const longitude = degrees(180);
/** Rows a page. */
export const pageSize = (most: number) => z.int().min(1).max(most);

/*
 * 3. Time. Years far from ours are typing errors, and beyond what PostgreSQL and calendars agree on.
 */
const firstInstant = Date.UTC(1900, 0, 1);
const endOfTime = Date.UTC(2200, 0, 1);
const isInReach = (text: string) => {
  const at = Date.parse(text);
  return at >= firstInstant && at < endOfTime;
};
const outOfReach = "A year from 1900 to 2199";

/** ISO 8601 instant in UTC, ending in `Z`. */
export const instant = z.iso
  .datetime({ offset: false, message: "An instant in UTC, ending in Z" })
  .refine(isInReach, outOfReach);
/** The same with whatever offset, told in UTC. */
export const instantWithOffset = z.iso
  .datetime({ offset: true })
  .refine(isInReach, outOfReach)
  .transform((text) => new Date(text).toISOString());
/** `YYYY-MM-DD`, a day that exists, of whatever year: where the use case bounds it. */
export const dateOfAnyYear = z
  .string()
  .refine((text) => parseLocalDate(text) !== null, "A date as YYYY-MM-DD");
/** `YYYY-MM-DD`, a day that exists. */
export const date = dateOfAnyYear.refine(isInReach, outOfReach);
/** IANA name such as `Europe/Paris`; bare offsets are refused. */
export const zone = z
  .string()
  .max(64)
  .refine((text): text is Zone => isValidZone(text), "Not a time zone");

/*
 * 4. What machines made.
 */
export const id = z.uuid();
/** Ids to look for, or to replace others with. */
export const ids = (most: number) => z.array(id).max(most);
/** A secret from a link, of which only a hash is kept: whatever it is made of, a wrong one is as wrong as any other. */
export const token = z.string().min(1).max(200);
/** Unguessable: whoever repeats the request with its key gets the same answer. */
export const idempotencyKey = z
  .string()
  .min(8)
  .max(200)
  .regex(/^[ -~]+$/, "Printable ASCII only");
/** Where a list or a log was left off, as it was told. */
export const cursor = z
  .string()
  .max(1200)
  .regex(/^[ -~]*$/, "Not a cursor");
export const locale = z.enum(["fr", "en"]);
/** `#rrggbb`, lower case. */
export const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "Six hexadecimal digits after #")
  .toLowerCase();
