import { DateTime } from "luxon";

/** Order of the view switch; also the values of `view` in the address. */
export const calendarViews = ["day", "week", "columns", "month", "list"] as const;
export type CalendarView = (typeof calendarViews)[number];

/** FullCalendar's name for each view. */
export const fullCalendarViews: Record<CalendarView, string> = {
  day: "timeGridDay",
  week: "timeGridWeek",
  columns: "resourceTimeGridDay",
  month: "dayGridMonth",
  list: "listWeek",
};

type PeriodRequest = { view: CalendarView; date: string; zone: string };

function unitOf(view: CalendarView): "day" | "week" | "month" {
  if (view === "month") return "month";
  return view === "week" || view === "list" ? "week" : "day";
}

/**
 * The instants a view shows, half-open, as ISO in UTC. A month shows whole weeks.
 * Weeks start on Monday in both languages.
 */
export function visibleRange({ view, date, zone }: PeriodRequest): { from: string; to: string } {
  const unit = unitOf(view);
  const start = DateTime.fromISO(date, { zone }).startOf(unit);
  const after = start.plus({ [unit]: 1 });
  const from = unit === "month" ? start.startOf("week") : start;
  const to = unit === "month" && after.weekday !== 1 ? after.startOf("week").plus({ week: 1 }) : after;
  return { from: from.toUTC().toISO() ?? "", to: to.toUTC().toISO() ?? "" };
}

/** The date one period later (`step` 1) or earlier (-1), as `YYYY-MM-DD`. */
export function stepDate({ view, date, zone, step }: PeriodRequest & { step: 1 | -1 }): string {
  return (
    DateTime.fromISO(date, { zone })
      .plus({ [unitOf(view)]: step })
      .toISODate() ?? date
  );
}

/** Today in the zone, as `YYYY-MM-DD`. */
export function todayIn(zone: string, now: Date): string {
  return DateTime.fromJSDate(now, { zone }).toISODate() ?? "";
}

/**
 * The heading of a period: "novembre 2026", "16–22 novembre 2026", "samedi 21 novembre 2026".
 * Brief, for a phone, it leaves the year to the reader: "16–22 nov.", "sam. 21 novembre".
 */
export function periodTitle(request: PeriodRequest & { locale: string; isBrief?: boolean }): string {
  const { view, date, zone, locale, isBrief = false } = request;
  const unit = unitOf(view);
  const start = DateTime.fromISO(date, { zone }).startOf(unit).setLocale(locale);
  if (unit === "month") return start.toLocaleString({ month: "long", year: "numeric" });
  const year = isBrief ? undefined : "numeric";
  if (unit === "day") {
    return start.toLocaleString({ weekday: isBrief ? "short" : "long", day: "numeric", month: "long", year });
  }
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: isBrief ? "short" : "long",
    year,
    timeZone: zone,
  });
  return format.formatRange(start.toJSDate(), start.plus({ days: 6 }).toJSDate());
}

/** ISO week number of the date. */
export function weekNumber(date: string, zone: string): number {
  return DateTime.fromISO(date, { zone }).weekNumber;
}
