import { DAY_MS } from "@creneau/domain/time/instant";
import { localDatePlusDays, parseLocalDate } from "@creneau/domain/time/local-date";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneDay } from "@creneau/domain/time/zone-day";
import { AppError } from "../errors.ts";

const longestDays = 100;

/** The span that two moments name: dates are whole days of the zone, the last one included; instants are half-open. */
export function spanOf({ from, to }: { from: string; to: string }, zone: Zone): { from: number; to: number } {
  const fromDate = parseLocalDate(from);
  const toDate = parseLocalDate(to);
  const span = {
    from: fromDate ? zoneDay(zone, fromDate).start : Date.parse(from),
    to: toDate ? zoneDay(zone, localDatePlusDays(toDate, 1)).start : Date.parse(to),
  };
  if (span.to <= span.from)
    throw new AppError("invalid_input", "The period ends before it begins", { field: "to" });
  if (span.to - span.from > longestDays * DAY_MS) {
    throw new AppError("invalid_input", `At most ${longestDays} days at once`, { field: "to" });
  }
  return span;
}
