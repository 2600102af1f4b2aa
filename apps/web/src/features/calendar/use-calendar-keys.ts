"use client";

import { useEffect, useRef } from "react";
import type { CalendarView } from "./calendar-period.ts";
import type { Step } from "./use-slot-cursor.ts";

const viewKeys: Record<string, CalendarView> = {
  d: "day",
  w: "week",
  p: "columns",
  P: "team",
  r: "rooms",
  m: "month",
  l: "list",
};

/** A step of an appointment: through time, through the columns or days beside it, or of its end alone. */
export type Nudge = { minutes?: number; columns?: number; days?: number; endMinutes?: number };

/** What the keys do; `id` is the appointment that has the focus. */
export type CalendarCommands = {
  onView: (view: CalendarView) => void;
  onToday: () => void;
  onStep: (step: 1 | -1) => void;
  onCreate: () => void;
  onSearch: () => void;
  onGoToDate: () => void;
  onHelp: () => void;
  onUndo: () => void;
  onEdit: (id: string) => void;
  onCut: (id: string) => void;
  onPaste: () => void;
  onCancel: (id: string) => void;
  onNudge: (id: string, nudge: Nudge) => void;
  onCursor: (step: Step, id: string | null) => void;
  onCursorEnter: () => void;
  onEscape: () => void;
  slotMinutes: number;
};

const controls = "textarea, select, input:not([type=radio])";
/** Widgets that use arrow keys themselves. */
const arrowWidgets = '[role="grid"],[role="listbox"],[role="radiogroup"],input[type="radio"],[role="dialog"]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(controls));
}

function nudgeOf({ key, shiftKey }: KeyboardEvent, slotMinutes: number): Nudge | null {
  switch (key) {
    case "ArrowUp":
      return shiftKey ? { endMinutes: -slotMinutes } : { minutes: -slotMinutes };
    case "ArrowDown":
      return shiftKey ? { endMinutes: slotMinutes } : { minutes: slotMinutes };
    case "ArrowLeft":
      return shiftKey ? { days: -1 } : { columns: -1 };
    case "ArrowRight":
      return shiftKey ? { days: 1 } : { columns: 1 };
    default:
      return null;
  }
}

const cursorSteps: Record<string, (slotMinutes: number) => Step> = {
  ArrowUp: (slotMinutes) => ({ minutes: -slotMinutes }),
  ArrowDown: (slotMinutes) => ({ minutes: slotMinutes }),
  ArrowLeft: () => ({ columns: -1 }),
  ArrowRight: () => ({ columns: 1 }),
};

/** True when the key was one of ours. */
function obey(event: KeyboardEvent, commands: CalendarCommands): boolean {
  const { key } = event;
  const focused = document.activeElement?.closest<HTMLElement>("[data-appointment-id]");
  const id = focused?.dataset.appointmentId ?? null;
  if (event.ctrlKey || event.metaKey) {
    if (event.shiftKey || event.altKey || key.toLowerCase() !== "z") return false;
    commands.onUndo();
    return true;
  }
  if (event.altKey) {
    const nudge = nudgeOf(event, commands.slotMinutes);
    if (!nudge || !id) return false;
    commands.onNudge(id, nudge);
    return true;
  }
  const view = viewKeys[key];
  if (view) commands.onView(view);
  else if (key === "t") commands.onToday();
  else if (key === "j" || key === "k") commands.onStep(key === "j" ? 1 : -1);
  else if (key === "c") commands.onCreate();
  else if (key === "/") commands.onSearch();
  else if (key === "g") commands.onGoToDate();
  else if (key === "?") commands.onHelp();
  else if (key === "v") commands.onPaste();
  else if (key === "e" && id) commands.onEdit(id);
  else if (key === "x" && id) commands.onCut(id);
  else if ((key === "Delete" || key === "Backspace") && id) commands.onCancel(id);
  else if (key === "Escape") {
    commands.onEscape();
    return false;
  } else if (key === "Enter" && isOnGrid()) commands.onCursorEnter();
  else if (cursorSteps[key] && !document.activeElement?.closest(arrowWidgets))
    commands.onCursor(cursorSteps[key](commands.slotMinutes), id);
  else return false;
  return true;
}

/** Whether no control has the focus, so that Enter can only mean the cursor's place. */
function isOnGrid(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || (activeElement?.hasAttribute("data-calendar-grid") ?? false);
}

/** The calendar's keys; silent while somebody types, has a menu or a modal dialog open. */
export function useCalendarKeys(commands: CalendarCommands) {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });

  useEffect(() => {
    function handle(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target)) return;
      // Radix marks what lies behind a modal window or an open menu.
      if (document.querySelector('[role="menu"]') || document.querySelector("main")?.closest("[aria-hidden]"))
        return;
      if (obey(event, latest.current)) event.preventDefault();
    }
    addEventListener("keydown", handle);
    return () => removeEventListener("keydown", handle);
  }, []);
}
