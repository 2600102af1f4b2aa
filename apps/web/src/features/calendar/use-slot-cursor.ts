"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type CalendarView, hasHours, todayIn, visibleDates } from "../time/calendar-period.ts";
import { plusDays, wallTimeOf } from "../time/wall-time.ts";
import type { Appointment } from "./appointment.ts";
import { noRoom } from "./calendar-events.ts";

/** A place of the grid chosen by the keyboard. */
export type Slot = { date: string; minute: number; resourceId: string | null };

export type Step = { minutes?: number; columns?: number };

type Options = {
  view: CalendarView;
  date: string;
  zone: string;
  slotMinutes: number;
  hours: { first: number; last: number };
  hiddenDays: readonly number[];
  /** Ids of the columns, from left to right; empty where columns are days. */
  columnIds: readonly string[];
  onDate: (date: string) => void;
};

/** Where an appointment stands, as a place of the grid. */
export function slotOf(appointment: Appointment, { view, zone }: { view: CalendarView; zone: string }): Slot {
  const { date, minute } = wallTimeOf({ instant: appointment.startsAt, zone });
  if (view === "rooms") return { date, minute, resourceId: appointment.roomId ?? noRoom };
  return { date, minute, resourceId: view === "columns" || view === "team" ? appointment.providerId : null };
}

/**
 * The place the next step leads to. Sideways it goes through the columns of a day, then to the next day that is shown;
 * up and down it stays within the hours that are shown.
 */
export function nextSlot(
  slot: Slot,
  step: Step,
  options: Omit<Options, "onDate" | "zone" | "view" | "date">,
): Slot {
  const { hours, slotMinutes, hiddenDays, columnIds } = options;
  if (step.minutes) {
    const minute = Math.min(
      Math.max(slot.minute + step.minutes, hours.first * 60),
      hours.last * 60 - slotMinutes,
    );
    return { ...slot, minute };
  }
  const by = step.columns ?? 0;
  if (by === 0) return slot;
  const at = columnIds.indexOf(slot.resourceId ?? "") + by;
  if (columnIds[at] !== undefined) return { ...slot, resourceId: columnIds[at] };
  let date = plusDays(slot.date, by);
  while (hiddenDays.length < 7 && hiddenDays.includes(new Date(`${date}T12:00:00Z`).getUTCDay()))
    date = plusDays(date, by);
  return { ...slot, date, resourceId: (by > 0 ? columnIds[0] : columnIds.at(-1)) ?? null };
}

/** The cursor of the grid of hours: arrow keys move it, Enter and paste use it. */
export function useSlotCursor(options: Options) {
  const [chosen, setChosen] = useState<Slot | null>(null);
  /** The place that the last key led to; the screen may be a step behind. */
  const latest = useRef<Slot | null>(null);
  /** The date that the cursor has gone to, and those that are shown until the screen gets there. */
  const asked = useRef<{ date: string; from: string[] }>({ date: "", from: [] });
  const { view, date, zone, slotMinutes, hours, columnIds, onDate } = options;
  useEffect(() => {
    if (asked.current.date === date) asked.current = { date: "", from: [] };
  });
  const isUsable = hasHours(view);
  const { first, after } = visibleDates({ view, date });
  const isInColumns = (slot: Slot) =>
    columnIds.length === 0 ? slot.resourceId === null : columnIds.includes(slot.resourceId ?? "");
  const isIn = (slot: Slot, dates: { first: string; after: string }) =>
    slot.date >= dates.first && slot.date < dates.after;
  const slot = chosen && isUsable && isIn(chosen, { first, after }) && isInColumns(chosen) ? chosen : null;

  /** What is shown, or will be once a date that was asked for has come: fast keys do not wait for it. */
  function dates() {
    return visibleDates({ view, date: asked.current.from.includes(date) ? asked.current.date : date });
  }

  /** Where the cursor stands by then. */
  function standing(): Slot | null {
    const { current } = latest;
    return current && isUsable && isInColumns(current) && isIn(current, dates()) ? current : null;
  }

  const place = useCallback((next: Slot | null) => {
    latest.current = next;
    setChosen(next);
  }, []);

  /** Where a cursor that has not been placed yet begins: now, or the morning of the first day shown. */
  const beginning = useCallback((): Slot => {
    const today = todayIn(zone, new Date());
    const isToday = today >= first && today < after;
    const { minute } = wallTimeOf({ instant: new Date().toISOString(), zone });
    const inHours = isToday && minute >= hours.first * 60 && minute < hours.last * 60 - slotMinutes;
    return {
      date: isToday ? today : first,
      minute: inHours ? Math.ceil(minute / slotMinutes) * slotMinutes : Math.max(hours.first, 9) * 60,
      resourceId: columnIds[0] ?? null,
    };
  }, [zone, first, after, hours.first, hours.last, slotMinutes, columnIds]);

  /** Moves it from where it stands, or from the place that has the focus. */
  function step(by: Step, from?: Slot): Slot | null {
    if (!isUsable) return null;
    const start = from ?? standing();
    const next = start ? nextSlot(start, by, options) : beginning();
    place(next);
    if (!isIn(next, dates())) {
      const { from, date: before } = asked.current;
      asked.current = { date: next.date, from: from.includes(date) ? [...from, before] : [date] };
      onDate(next.date);
    }
    return next;
  }

  return { slot, standing, step, beginning, place, clear: useCallback(() => place(null), [place]) };
}
