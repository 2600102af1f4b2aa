import type { Appointment } from "./appointment.ts";
import { gridColumns, placeInColumn } from "./grid-columns.ts";
import { freeRanges, type PlacementFacts } from "./placement-obstacles.ts";
import { type ColumnsBy, sketchOf } from "./sketch.ts";

type Lighting = {
  facts: PlacementFacts;
  zone: string;
  hours: { first: number; last: number };
  columnsBy: ColumnsBy;
};

/**
 * Lays one pane over all cards while one of them is carried: whoever asks what is under the pointer, the browser and the
 * grid at every step, has the answer at once instead of searching hundreds of cards.
 */
export function coverGrid(root: HTMLElement | null): () => void {
  const panes = [...(root?.querySelectorAll(".fc-timegrid-body") ?? [])].map((body) => {
    const pane = document.createElement("div");
    pane.className = "drag-pane";
    body.append(pane);
    return pane;
  });
  return () => {
    for (const pane of panes) pane.remove();
  };
}

/** Lights every stretch where the appointment fits; drawn beside the grid's own elements, which stay untouched. */
export function lightRanges(
  root: HTMLElement,
  { facts, hours, zone, columnsBy }: Lighting,
  { appointment, start }: { appointment: Appointment; start: number },
): () => void {
  const duration = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt);
  const drawn: HTMLElement[] = [];
  for (const column of gridColumns(root)) {
    const place = { start, end: start + duration, resourceId: column.resourceId };
    const layer = document.createElement("div");
    layer.className = "free-ranges";
    for (const range of freeRanges(facts, sketchOf(appointment, place, columnsBy))) {
      const box = placeInColumn(range, { date: column.date, hours, zone });
      if (!box) continue;
      const lit = document.createElement("div");
      lit.style.top = `${box.top}%`;
      lit.style.height = `${box.height}%`;
      layer.append(lit);
    }
    column.frame.append(layer);
    drawn.push(layer);
  }
  return () => {
    for (const layer of drawn) layer.remove();
  };
}
