import { DAY_MS } from "./instant.ts";

declare const localDateBrand: unique symbol;

/** A day of the civil (proleptic Gregorian) calendar, `YYYY-MM-DD`, years 0001 to 9999. It has no zone. */
export type LocalDate = string & { readonly [localDateBrand]: true };

/** 1 Monday … 7 Sunday (ISO 8601). */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Days since 1970-01-01 in the civil calendar: the integer form of a LocalDate, for arithmetic in hot loops. */
export type DayNumber = number;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads `YYYY-MM-DD`; null when the text has another shape or names a day that does not exist.
 *
 * @example parseLocalDate("2026-02-29") // null
 */
export function parseLocalDate(text: string): LocalDate | null {
  const match = datePattern.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as LocalDate;
}

/** Same as {@link parseLocalDate} for text known to be right (literals, database columns). @throws RangeError */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`Not a date: ${text}`);
  return date;
}

/** Number of days of a month (1–12) in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01; negative before.
 *
 * @example dayNumberOf(localDate("1970-01-02")) // 1
 */
export function dayNumberOf(date: LocalDate): DayNumber {
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  // Date.UTC reads years 0–99 as 19xx, so the year is moved by one 400-year cycle (146 097 days) and back.
  return Date.UTC(year + 400, month - 1, day) / DAY_MS - 146_097;
}

/**
 * The inverse of {@link dayNumberOf}.
 *
 * The year starts in March here, so that the leap day is its last day and month lengths follow one linear formula
 * (the usual integer method for the Gregorian calendar: 146 097 days in 400 years).
 */
export function localDateOfDayNumber(dayNumber: DayNumber): LocalDate {
  const sinceEra = dayNumber + 719_468; // days since 0000-03-01
  const era = Math.floor(sinceEra / 146_097);
  const dayOfEra = sinceEra - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${fourDigits(year)}-${twoDigits(month)}-${twoDigits(day)}` as LocalDate;
}

/** The ISO weekday of a day number. 1970-01-01 was a Thursday. */
export function isoWeekdayOfDayNumber(dayNumber: DayNumber): IsoWeekday {
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as IsoWeekday;
}

/** The ISO weekday of a date. @example isoWeekdayOf(localDate("2026-03-29")) // 7 */
export function isoWeekdayOf(date: LocalDate): IsoWeekday {
  return isoWeekdayOfDayNumber(dayNumberOf(date));
}

/** The date `days` civil days later (earlier when negative). */
export function localDatePlusDays(date: LocalDate, days: number): LocalDate {
  return localDateOfDayNumber(dayNumberOf(date) + days);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}

const pairs = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));

/** `7` → `"07"`, for 0 to 99. A table, because formatting 500 slots spends its time here. */
export function twoDigits(value: number): string {
  return pairs[value] ?? String(value);
}

function fourDigits(value: number): string {
  return twoDigits(Math.floor(value / 100)) + twoDigits(value % 100);
}
