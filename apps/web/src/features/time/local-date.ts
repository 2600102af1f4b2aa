import { dateFormat } from "@creneau/domain/time/date-format";

/** A date of the calendar without a zone, `YYYY-MM-DD`; a month is `YYYY-MM`. */
const dayMs = 86_400_000;

const pad = (value: number) => String(value).padStart(2, "0");

function parts(date: string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function epoch(date: string): number {
  const [year, month, day] = parts(date);
  return Date.UTC(year, month - 1, day);
}

/** Whether the text is a date that exists. */
export function isLocalDate(text: string | null | undefined): text is string {
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;
}

/** Whether the text is a month. */
export function isMonth(text: string | null | undefined): text is string {
  return typeof text === "string" && isLocalDate(`${text}-01`);
}

/** The date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  const moved = new Date(epoch(date) + days * dayMs);
  return `${moved.getUTCFullYear()}-${pad(moved.getUTCMonth() + 1)}-${pad(moved.getUTCDate())}`;
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The month some months later, or earlier. */
export function addMonths(month: string, months: number): string {
  const [year, number] = parts(`${month}-01`);
  const total = year * 12 + number - 1 + months;
  return `${Math.floor(total / 12)}-${pad((total % 12) + 1)}`;
}

/** The same day of another month, or its last day where the month is shorter: 31 January gives 28 February. */
export function sameDayOf(month: string, date: string): string {
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const wanted = `${month}-${date.slice(8, 10)}`;
  return wanted > last ? last : wanted;
}

/** Monday 1 … Sunday 7. */
export function isoWeekday(date: string): number {
  return new Date(epoch(date)).getUTCDay() || 7;
}

/** The weeks a month touches, Monday first, with the days of its neighbours that fill them. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const start = addDays(first, 1 - isoWeekday(first));
  const end = addMonths(month, 1);
  const weeks: string[][] = [];
  for (let monday = start; monthOf(monday) < end; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
  }
  return weeks;
}

function format(date: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(locale, { timeZone: "UTC", ...options }).format(epoch(date));
}

/** "jeudi 5 mars"; French writes the first of a month "1er". */
export function longDate(date: string, locale: string): string {
  const text = format(date, locale, { weekday: "long", day: "numeric", month: "long" });
  return locale === "fr" ? text.replace(/\b1 /, "1er ") : text.replace(",", "");
}

/** "jeu. 5 mars" */
export function shortDate(date: string, locale: string): string {
  return format(date, locale, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** "mars 2026" */
export function monthTitle(month: string, locale: string): string {
  return format(`${month}-01`, locale, { month: "long", year: "numeric" });
}

/** Monday to Sunday, in short and in full. */
export function weekdayNames(locale: string): { short: string; long: string }[] {
  return Array.from({ length: 7 }, (_, day) => {
    const date = addDays("2026-03-02", day);
    return {
      short: format(date, locale, { weekday: "short" }).replace(".", ""),
      long: format(date, locale, { weekday: "long" }),
    };
  });
}
