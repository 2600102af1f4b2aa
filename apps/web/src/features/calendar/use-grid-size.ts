import type FullCalendar from "@fullcalendar/react";
import { type RefObject, useEffect } from "react";

/** FullCalendar hears of the window's size only; the sidebar and the details panel change the grid's as well. */
export function useGridSize(
  frame: RefObject<HTMLElement | null>,
  calendar: RefObject<FullCalendar | null>,
): void {
  useEffect(() => {
    let width = frame.current?.clientWidth;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === width) return;
      width = entry.contentRect.width;
      calendar.current?.getApi().updateSize();
    });
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame, calendar]);
}
