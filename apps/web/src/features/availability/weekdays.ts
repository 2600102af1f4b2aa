import { weekdayName } from "../time/format-time.ts";
import { plusDays } from "../time/wall-time.ts";

/** ISO weekdays in the order of both languages: 1 Monday … 7 Sunday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

const aMonday = "2024-01-01";

/** A weekday within a sentence: "lundi", "Monday". */
export function weekdayWord(isoWeekday: Weekday, locale: string): string {
  return weekdayName(plusDays(aMonday, isoWeekday - 1), locale, "long");
}
