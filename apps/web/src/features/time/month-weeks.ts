import { mondayOf, monthStart } from "./calendar-period.ts";
import { plusDays } from "./wall-time.ts";

/** The whole weeks, Monday first, that show a month. */
export function monthWeeks(date: string): string[][] {
  const after = monthStart(date, 1);
  const weeks: string[][] = [];
  for (let monday = mondayOf(monthStart(date)); monday < after; monday = plusDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, day) => plusDays(monday, day)));
  return weeks;
}

/** The date a key of a date grid leads to (arrows, Home, End, Page Up and Down); null for any other key. */
export function dateAfterKey(date: string, key: string): string | null {
  const month = (step: 1 | -1) => {
    const start = monthStart(date, step);
    const last = plusDays(monthStart(date, step + 1), -1);
    const same = `${start.slice(0, 8)}${date.slice(8)}`;
    return same > last ? last : same;
  };
  switch (key) {
    case "ArrowLeft":
      return plusDays(date, -1);
    case "ArrowRight":
      return plusDays(date, 1);
    case "ArrowUp":
      return plusDays(date, -7);
    case "ArrowDown":
      return plusDays(date, 7);
    case "Home":
      return mondayOf(date);
    case "End":
      return plusDays(mondayOf(date), 6);
    case "PageUp":
      return month(-1);
    case "PageDown":
      return month(1);
    default:
      return null;
  }
}
