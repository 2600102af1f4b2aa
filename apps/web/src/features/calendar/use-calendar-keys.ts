"use client";

import { useEffect, useRef } from "react";
import type { CalendarView } from "../time/calendar-period.ts";
import type { Gesture } from "./gesture.ts";
import { currentAppointment, isOnGrid, isReturning } from "./kept-focus.ts";
import { createKeyOrder } from "./key-order.ts";
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

/** What the keys do; `id` is the appointment that has the focus. Those that wait for the server say when it has answered. */
export type CalendarCommands = {
  onView: (view: CalendarView) => void;
  onToday: () => void;
  onStep: (step: 1 | -1) => void;
  onCreate: () => void;
  onSearch: () => void;
  onGoToDate: () => void;
  onHelp: () => void;
  onUndo: () => Promise<void>;
  onOpen: (id: string) => void;
  onEdit: (id: string) => void;
  onCut: (id: string) => void;
  onPaste: () => Promise<void>;
  onCancel: (id: string) => Promise<void>;
  onNudge: (id: string, nudge: Nudge) => Promise<void>;
  onCursor: (step: Step, id: string | null) => void;
  onCursorEnter: () => Promise<void> | void;
  onEscape: () => void;
  /** Whether the shown view has a cursor; where it has none, arrows scroll. */
  hasCursor: boolean;
  slotMinutes: number;
};

const controls = "textarea, select, input:not([type=radio])";
/** Widgets that use arrow keys themselves; the grid of hours calls itself one, but a card in it leaves them to the cursor. */
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

type Obey = {
  commands: CalendarCommands;
  inOrder: (obey: (latest: CalendarCommands) => unknown) => void;
  isWaiting: () => boolean;
};

/** True when the key was one of ours. What is about an appointment or the cursor waits for the key before it. */
function obey(event: KeyboardEvent, { commands, inOrder, isWaiting }: Obey): boolean {
  const { key } = event;
  const id = currentAppointment();
  /** An earlier key may yet lead to the appointment that this one is about. */
  function about(run: (latest: CalendarCommands, id: string) => unknown): boolean {
    if (!id && !isWaiting()) return false;
    inOrder((latest) => {
      const whom = id ?? currentAppointment();
      return whom && run(latest, whom);
    });
    return true;
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.shiftKey || event.altKey || key.toLowerCase() !== "z") return false;
    inOrder((latest) => latest.onUndo());
    return true;
  }
  if (event.altKey) {
    const nudge = nudgeOf(event, commands.slotMinutes);
    if (!nudge) return false;
    // To the browser the same keys mean another page.
    return about((latest, whom) => latest.onNudge(whom, nudge)) || isReturning();
  }
  const view = viewKeys[key];
  const step = cursorSteps[key];
  if (view) commands.onView(view);
  else if (key === "t") commands.onToday();
  else if (key === "j" || key === "k") commands.onStep(key === "j" ? 1 : -1);
  else if (key === "c") commands.onCreate();
  else if (key === "/") commands.onSearch();
  else if (key === "g") commands.onGoToDate();
  else if (key === "?") commands.onHelp();
  else if (key === "v") inOrder((latest) => latest.onPaste());
  else if (key === "e" && id) commands.onEdit(id);
  else if (key === "x") return about((latest, whom) => latest.onCut(whom));
  else if (key === "Delete" || key === "Backspace") return about((latest, whom) => latest.onCancel(whom));
  else if (key === "Escape") {
    inOrder((latest) => latest.onEscape());
    return false;
  } else if (key === "Enter" && isOnGrid()) {
    // A card that is being drawn anew cannot be pressed: it is opened in its place.
    if (id) commands.onOpen(id);
    else inOrder((latest) => latest.onCursorEnter());
  } else if (step && commands.hasCursor && (id || !document.activeElement?.closest(arrowWidgets)))
    inOrder((latest) => latest.onCursor(step(latest.slotMinutes), currentAppointment()));
  else return false;
  return true;
}

/** The calendar's keys; silent while somebody types, carries something, has a menu or a modal dialog open. */
export function useCalendarKeys(commands: CalendarCommands, gesture: Gesture) {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });

  useEffect(() => {
    const { inOrder, isWaiting } = createKeyOrder();
    function handle(event: KeyboardEvent) {
      if (event.defaultPrevented || isTyping(event.target) || gesture.isHeld()) return;
      // Radix marks what lies behind a modal window or an open menu.
      if (document.querySelector('[role="menu"]') || document.querySelector("main")?.closest("[aria-hidden]"))
        return;
      const isOurs = obey(event, {
        commands: latest.current,
        inOrder: (run) => inOrder(() => run(latest.current)),
        isWaiting,
      });
      if (isOurs) event.preventDefault();
    }
    addEventListener("keydown", handle);
    return () => removeEventListener("keydown", handle);
  }, [gesture]);
}
