import { dateFormat } from "@creneau/domain/time/date-format";
import { noonOf, wallTimeOf } from "./wall-time.ts";

type Placed = { instant: string; zone: string };
type Told = Placed & { locale: string };

/** Minutes since midnight as `HH:mm`; a day's end is 24:00. */
export function clockOfMinute(minute: number): string {
  const pair = (value: number) => String(value).padStart(2, "0");
  return `${pair(Math.floor(minute / 60))}:${pair(minute % 60)}`;
}

/** Wall-clock time as `HH:mm`, in both languages. */
export function clockTime(placed: Placed): string {
  return clockOfMinute(wallTimeOf(placed).minute);
}

/** A day in words, short: "lun. 23 nov.". */
export function shortDay({ instant, zone, locale }: Told): string {
  const options = { weekday: "short", day: "numeric", month: "short", timeZone: zone } as const;
  return dateFormat(locale, options).format(Date.parse(instant));
}

/** A day in words, long: "lundi 23 novembre 2026". */
export function longDay({ instant, zone, locale }: Told): string {
  return dateFormat(locale, { dateStyle: "full", timeZone: zone }).format(Date.parse(instant));
}

/** Day and time: "lun. 23 nov. 14:30". */
export function dayAndTime(placed: Told): string {
  return `${shortDay(placed)} ${clockTime(placed)}`;
}

/** Date of an instant in a zone, as `YYYY-MM-DD`. */
export function localDate(placed: Placed): string {
  return wallTimeOf(placed).date;
}

/** Name of the date's weekday: "lun.", or "lundi" in full. */
export function weekdayName(date: string, locale: string, weekday: "short" | "long" = "short"): string {
  return dateFormat(locale, { weekday, timeZone: "UTC" }).format(noonOf(date));
}
