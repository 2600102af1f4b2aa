"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { type CalendarView, calendarViews, todayIn } from "../time/calendar-period.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, appointmentStatuses } from "./appointment.ts";

/** What is left out of the calendar; an empty list lets everything of its kind through. */
type CalendarFilters = {
  /** Null: nobody has chosen yet. */
  siteIds: string[] | null;
  providerIds: string[];
  roomIds: string[];
  /** Empty: all but the cancelled. */
  statuses: Appointment["status"][];
};

export type CalendarState = CalendarFilters & {
  view: CalendarView;
  /** Any day of the shown period, `YYYY-MM-DD`. */
  date: string;
};

/** Views a narrow screen can show without squeezing columns. */
export const narrowViews: readonly CalendarView[] = ["day", "list"];

/** What the calendar shows, kept in the address so that a link and a reload bring it back. */
export function useCalendarState(): [CalendarState, (change: Partial<CalendarState>) => void] {
  const parameters = useSearchParams();
  const { organization } = useViewer();
  const isNarrow = useIsNarrow();

  const state = useMemo<CalendarState>(() => {
    const asked = calendarViews.find((view) => view === parameters.get("view")) ?? "week";
    const askedDate = parameters.get("date") ?? "";
    return {
      view: isNarrow && !narrowViews.includes(asked) ? "day" : asked,
      date: isDate(askedDate) ? askedDate : todayIn(organization.timezone, new Date()),
      siteIds: chosenSites(parameters.getAll("site")),
      providerIds: parameters.getAll("provider"),
      roomIds: parameters.getAll("room"),
      statuses: appointmentStatuses.filter((status) => parameters.getAll("status").includes(status)),
    };
  }, [parameters, organization.timezone, isNarrow]);

  const change = useCallback((changes: Partial<CalendarState>) => {
    const next = new URLSearchParams(location.search);
    if (changes.view) next.set("view", changes.view);
    if (changes.date) next.set("date", changes.date);
    if (changes.siteIds) setAll(next, "site", changes.siteIds.length > 0 ? changes.siteIds : [everySite]);
    setAll(next, "provider", changes.providerIds);
    setAll(next, "room", changes.roomIds);
    setAll(next, "status", changes.statuses);
    // Not a navigation: the page is the same, and the router keeps useSearchParams in step.
    history.replaceState(null, "", `?${next}`);
  }, []);

  return [state, change];
}

/** The parameter of a reader who asked for every site, as opposed to one who did not ask. */
const everySite = "all";

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function chosenSites(parameters: string[]): string[] | null {
  if (parameters.length === 0) return null;
  return parameters.filter((parameter) => parameter !== everySite);
}

function setAll(parameters: URLSearchParams, name: string, values: readonly string[] | undefined) {
  if (!values) return;
  parameters.delete(name);
  for (const value of values) parameters.append(name, value);
}
