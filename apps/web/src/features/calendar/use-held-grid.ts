"use client";

import { type RefObject, useEffect, useRef } from "react";
import { type CalendarView, fullCalendarViews } from "../time/calendar-period.ts";
import type { Gesture } from "./gesture.ts";
import type { SteadyCalendar } from "./steady-calendar.ts";
import type { useGridDrag } from "./use-grid-drag.ts";

type HeldGrid = {
  frame: RefObject<HTMLElement | null>;
  calendar: RefObject<SteadyCalendar | null>;
  gesture: Gesture;
  drag: Pick<ReturnType<typeof useGridDrag>, "end" | "lookAgain">;
  view: CalendarView;
  date: string;
  /** True while a form shows the marked stretch. */
  isSelecting: boolean;
  /** Minutes between the lines that a drag keeps to. */
  snap: number;
};

/** Keeps the grid as it is while something of it is in somebody's hand, and lets it have the rest afterwards. */
export function useHeldGrid({ frame, calendar, gesture, drag, view, date, isSelecting, snap }: HeldGrid) {
  const shown = useRef(`${view} ${date}`);
  const { end, lookAgain } = drag;

  useEffect(() => {
    if (shown.current === `${view} ${date}`) return;
    shown.current = `${view} ${date}`;
    // After this commit: FullCalendar renders synchronously and React forbids that inside an effect.
    queueMicrotask(() =>
      gesture.afterwards(() => calendar.current?.getApi().changeView(fullCalendarViews[view], date)),
    );
  }, [view, date, gesture, calendar]);

  useEffect(() => {
    if (!isSelecting) queueMicrotask(() => gesture.afterwards(() => calendar.current?.getApi().unselect()));
  }, [isSelecting, gesture, calendar]);

  useEffect(() => {
    const stopFollowing = gesture.follow({
      begin: () => calendar.current?.hold(),
      end() {
        // What was marked and let go beside the grid has been reported to nobody.
        end();
        calendar.current?.release();
      },
    });
    const stopWatching = frame.current && gesture.watch(frame.current);
    return () => {
      stopWatching?.();
      stopFollowing();
    };
  }, [gesture, frame, calendar, end]);

  useEffect(() => {
    // Only this changes in the hand, and looks at once where it is with the new steps; a drop that is on its way is left alone.
    if (!gesture.isPressed()) return;
    calendar.current?.setSnap(snap);
    lookAgain();
  }, [snap, gesture, calendar, lookAgain]);
}
