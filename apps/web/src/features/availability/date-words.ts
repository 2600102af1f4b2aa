import { dateFormat } from "@creneau/domain/time/date-format";
import { clockOfMinute } from "../time/format-time.ts";
import { noonOf } from "../time/wall-time.ts";

/** A date in words, with its weekday and year: "jeudi 24 décembre 2026". */
export function longDate(date: string, locale: string): string {
  return dateFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(noonOf(date));
}

/** A date in few words: "24 déc. 2026". */
export function shortDate(date: string, locale: string): string {
  return dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(noonOf(date));
}

/** One or several days: "jeu. 24 déc. 2026", "24–31 déc. 2026". */
export function dateSpan(from: string, until: string, locale: string): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  if (from === until) return dateFormat(locale, { ...options, weekday: "short" }).format(noonOf(from));
  return dateFormat(locale, options).formatRange(noonOf(from), noonOf(until));
}

/** One window of a day: "09:00–12:00". */
export function windowWords({ startMinute, endMinute }: { startMinute: number; endMinute: number }): string {
  return `${clockOfMinute(startMinute)}–${clockOfMinute(endMinute)}`;
}

/** Windows of a day: "09:00–12:00, 14:00–18:00". */
export function windowsWords(windows: readonly { startMinute: number; endMinute: number }[]): string {
  return windows.map(windowWords).join(", ");
}
