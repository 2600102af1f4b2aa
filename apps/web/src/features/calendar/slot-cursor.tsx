"use client";

import { type RefObject, useEffect } from "react";
import { instantOf } from "../time/wall-time.ts";
import { gridColumns, placeInColumn } from "./grid-columns.ts";
import type { Slot } from "./use-slot-cursor.ts";

type SlotCursorProps = {
  frame: RefObject<HTMLElement | null>;
  slot: Slot | null;
  slotMinutes: number;
  hours: { first: number; last: number };
  zone: string;
  /** Anything that draws the columns anew. */
  redrawnBy: string;
};

/** Outlines the place the arrow keys have chosen, inside the grid's own column. */
export function SlotCursor({ frame, slot, slotMinutes, hours, zone, redrawnBy }: SlotCursorProps) {
  const { first, last } = hours;
  useEffect(() => {
    if (!slot || !frame.current || redrawnBy === "") return;
    const root = frame.current;
    const mark = document.createElement("div");
    mark.className = "slot-cursor";
    mark.setAttribute("aria-hidden", "true");
    // After the grid has drawn the day the cursor has gone to.
    const timer = setTimeout(() => {
      const column = gridColumns(root).find(
        ({ date, resourceId }) =>
          date === slot.date && (slot.resourceId === null || resourceId === slot.resourceId),
      );
      const start = Date.parse(instantOf({ ...slot, zone }));
      const box =
        column &&
        placeInColumn(
          { start, end: start + slotMinutes * 60_000 },
          { date: slot.date, hours: { first, last }, zone },
        );
      if (!column || !box) return;
      mark.style.top = `${box.top}%`;
      mark.style.height = `${box.height}%`;
      column.frame.append(mark);
      mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    return () => {
      clearTimeout(timer);
      mark.remove();
    };
  }, [frame, slot, slotMinutes, first, last, zone, redrawnBy]);
  return null;
}
