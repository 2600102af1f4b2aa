import { DateTime } from "luxon";

type Placed = { instant: string; zone: string };

/** Wall-clock time as `HH:mm`, in both languages. */
export function clockTime({ instant, zone }: Placed): string {
  return DateTime.fromISO(instant, { zone }).toFormat("HH:mm");
}

/** A day in words, short: "lun. 23 nov." */
export function shortDay({ instant, zone, locale }: Placed & { locale: string }): string {
  return DateTime.fromISO(instant, { zone, locale }).toLocaleString({
    weekday: "short",
    day: "numeric",
    month: "short",
  });
}

/** A day in words, long: "lundi 23 novembre 2026". */
export function longDay({ instant, zone, locale }: Placed & { locale: string }): string {
  return DateTime.fromISO(instant, { zone, locale }).toLocaleString(DateTime.DATE_HUGE);
}

/** Day and time: "lun. 23 nov. 14:30". */
export function dayAndTime(placed: Placed & { locale: string }): string {
  return `${shortDay(placed)} ${clockTime(placed)}`;
}

/** Date of an instant in a zone, as `YYYY-MM-DD`. */
export function localDate({ instant, zone }: Placed): string {
  return DateTime.fromISO(instant, { zone }).toISODate() ?? "";
}
