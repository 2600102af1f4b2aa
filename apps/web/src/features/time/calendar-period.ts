import { dateFormat } from "@creneau/domain/time/date-format";
import { isoWeekdayOf, type LocalDate } from "@creneau/domain/time/local-date";
import { daysBetween, instantOf, noonOf, plusDays, wallTimeOf } from "./wall-time.ts";

/** Order of the view switch; also the values of `view` in the address. */
export const calendarViews = ["day", "week", "columns", "team", "rooms", "month", "list"] as const;
export type CalendarView = (typeof calendarViews)[number];

/** The grid's name for each view; `columns`, `team` and `rooms` have a column for each provider or room. */
export const fullCalendarViews: Record<CalendarView, string> = {
  day: "timeGridDay",
  week: "timeGridWeek",
  columns: "resourceTimeGridDay",
  team: "resourceTimeGridWeek",
  rooms: "resourceTimeGridDay",
  month: "dayGridMonth",
  list: "listWeek",
};

/** Views that place appointments on an axis of hours. */
export function hasHours(view: CalendarView): boolean {
  return view !== "month" && view !== "list";
}

type PeriodRequest = { view: CalendarView; date: string; zone: string };

function unitOf(view: CalendarView): "day" | "week" | "month" {
  if (view === "month") return "month";
  return view === "week" || view === "list" || view === "team" ? "week" : "day";
}

/** Monday of the date's week. */
export function mondayOf(date: string): string {
  return plusDays(date, 1 - isoWeekdayOf(date as LocalDate));
}

/** First day of the month some months away. */
export function monthStart(date: string, months = 0): string {
  const [year = 0, month = 1] = date.split("-").map(Number);
  const count = year * 12 + (month - 1) + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}-01`;
}

/** The dates a view shows, half-open. A month shows whole weeks; weeks start on Monday in both languages. */
export function visibleDates({ view, date }: Pick<PeriodRequest, "view" | "date">): {
  first: string;
  after: string;
} {
  const unit = unitOf(view);
  if (unit === "day") return { first: date, after: plusDays(date, 1) };
  if (unit === "week") return { first: mondayOf(date), after: plusDays(mondayOf(date), 7) };
  const next = monthStart(date, 1);
  return { first: mondayOf(monthStart(date)), after: plusDays(mondayOf(plusDays(next, -1)), 7) };
}

/** The instants a view shows, half-open, as ISO in UTC. */
export function visibleRange({ view, date, zone }: PeriodRequest): { from: string; to: string } {
  const { first, after } = visibleDates({ view, date });
  const midnight = (day: string) =>
    new Date(Date.parse(instantOf({ date: day, minute: 0, zone }))).toISOString();
  return { from: midnight(first), to: midnight(after) };
}

/** The date one period later (`step` 1) or earlier (-1), as `YYYY-MM-DD`. A shorter month ends on its own last day. */
export function stepDate({ view, date, step }: PeriodRequest & { step: 1 | -1 }): string {
  const unit = unitOf(view);
  if (unit !== "month") return plusDays(date, step * (unit === "week" ? 7 : 1));
  const start = monthStart(date, step);
  const days = daysBetween(start, monthStart(start, 1));
  return plusDays(start, Math.min(Number(date.slice(8)), days) - 1);
}

/** Today in the zone, as `YYYY-MM-DD`. */
export function todayIn(zone: string, now: Date): string {
  return wallTimeOf({ instant: now.toISOString(), zone }).date;
}

/**
 * The heading of a period: "novembre 2026", "16–22 novembre 2026", "30 nov. – 6 déc. 2026", "samedi 21 novembre 2026".
 * Brief, where there is little room, it leaves the year to the reader: "16–22 nov.", "sam. 21 nov.".
 */
export function periodTitle(request: PeriodRequest & { locale: string; isBrief?: boolean }): string {
  const { view, date, locale, isBrief = false } = request;
  const unit = unitOf(view);
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { ...options, timeZone: "UTC" });
  if (unit === "month") return format({ month: "long", year: "numeric" }).format(noonOf(date));
  const year = isBrief ? undefined : "numeric";
  if (unit === "day") {
    const weekday = isBrief ? "short" : "long";
    return format({ weekday, day: "numeric", month: isBrief ? "short" : "long", year }).format(noonOf(date));
  }
  const monday = mondayOf(date);
  const sunday = plusDays(monday, 6);
  const isBroken = monday.slice(0, 7) !== sunday.slice(0, 7);
  const month = isBrief || isBroken ? "short" : "long";
  return format({ day: "numeric", month, year }).formatRange(noonOf(monday), noonOf(sunday));
}

/** ISO week number of the date. */
export function weekNumber(date: string): number {
  const thursday = plusDays(mondayOf(date), 3);
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}
