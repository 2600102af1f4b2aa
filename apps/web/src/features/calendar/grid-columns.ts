import { instantOf, wallTimeOf } from "../time/wall-time.ts";

/** A column of the grid of hours: one date, of one provider or room where columns are theirs. */
export type GridColumn = { frame: HTMLElement; date: string; resourceId: string | null };

/** The columns on screen, from left to right. */
export function gridColumns(root: HTMLElement): GridColumn[] {
  return [...root.querySelectorAll<HTMLElement>(".fc-timegrid-col[data-date]")].flatMap((cell) => {
    const frame = cell.querySelector<HTMLElement>(".fc-timegrid-col-frame");
    const { date, resourceId = null } = cell.dataset;
    return frame && date ? [{ frame, date, resourceId }] : [];
  });
}

/** Where a span stands in a column that shows some hours, in percent from its top; null outside of them. */
export function placeInColumn(
  span: { start: number; end: number },
  { date, hours, zone }: { date: string; hours: { first: number; last: number }; zone: string },
): { top: number; height: number } | null {
  const dayStart = Date.parse(instantOf({ date, minute: 0, zone }));
  const dayEnd = Date.parse(instantOf({ date, minute: 1440, zone }));
  const minuteOf = (instant: number) => {
    if (instant <= dayStart) return 0;
    if (instant >= dayEnd) return 1440;
    return wallTimeOf({ instant: new Date(instant).toISOString(), zone }).minute;
  };
  const first = hours.first * 60;
  const last = hours.last * 60;
  const top = Math.max(minuteOf(span.start), first);
  const bottom = Math.min(minuteOf(span.end), last);
  if (bottom <= top || span.end <= dayStart || span.start >= dayEnd) return null;
  const percent = 100 / (last - first);
  return { top: (top - first) * percent, height: (bottom - top) * percent };
}
