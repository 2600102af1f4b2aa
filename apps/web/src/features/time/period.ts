import { instantOf, plusDays } from "./wall-time.ts";

/** Days of a list, `days` of them from `date` on, as half-open instants of the zone's midnights. */
export function periodOf({ date, days, zone }: { date: string; days: number; zone: string }) {
  return {
    dates: Array.from({ length: days }, (_, at) => plusDays(date, at)),
    from: instantOf({ date, minute: 0, zone }),
    to: instantOf({ date: plusDays(date, days), minute: 0, zone }),
  };
}

/** The text when it is a date that exists, else null. */
export function dateIn(text: string | null): string | null {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? null : text;
}
