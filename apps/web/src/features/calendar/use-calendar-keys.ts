"use client";

import { useEffect, useRef } from "react";
import { type CalendarView, stepDate, todayIn } from "./calendar-period.ts";
import type { CalendarState } from "./use-calendar-state.ts";

const viewKeys: Record<string, CalendarView> = { d: "day", w: "week", p: "columns", m: "month", l: "list" };

export type Nudge = { appointmentId: string; minutes: number; days: number };

type CalendarKeys = {
  state: CalendarState;
  zone: string;
  slotMinutes: number;
  onChange: (change: Partial<CalendarState>) => void;
  onUndo: () => void;
  onNudge: (nudge: Nudge) => void;
  onHelp: () => void;
};

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function nudgeOf(event: KeyboardEvent, slotMinutes: number): Nudge | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-appointment-id]");
  const appointmentId = focused?.dataset.appointmentId;
  if (!event.altKey || !appointmentId) return null;
  switch (event.key) {
    case "ArrowUp":
      return { appointmentId, minutes: -slotMinutes, days: 0 };
    case "ArrowDown":
      return { appointmentId, minutes: slotMinutes, days: 0 };
    case "ArrowLeft":
      return { appointmentId, minutes: 0, days: -1 };
    case "ArrowRight":
      return { appointmentId, minutes: 0, days: 1 };
    default:
      return null;
  }
}

/** The calendar's keys; silent while somebody types, has a menu or a dialog open. */
export function useCalendarKeys(keys: CalendarKeys) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });

  useEffect(() => {
    function handle(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target)) return;
      // Radix marks what lies behind a modal window or an open menu.
      if (document.querySelector('[role="menu"]') || document.querySelector("main")?.closest("[aria-hidden]"))
        return;
      const { state, zone, slotMinutes, onChange, onUndo, onNudge, onHelp } = latest.current;
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
        event.preventDefault();
        return onUndo();
      }
      const nudge = nudgeOf(event, slotMinutes);
      if (nudge) {
        event.preventDefault();
        return onNudge(nudge);
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const view = viewKeys[event.key];
      if (view) return onChange({ view });
      if (event.key === "t") return onChange({ date: todayIn(zone, new Date()) });
      if (event.key === "j" || event.key === "k") {
        const step = event.key === "j" ? 1 : -1;
        return onChange({ date: stepDate({ view: state.view, date: state.date, zone, step }) });
      }
      if (event.key === "?") onHelp();
    }
    addEventListener("keydown", handle);
    return () => removeEventListener("keydown", handle);
  }, []);
}
