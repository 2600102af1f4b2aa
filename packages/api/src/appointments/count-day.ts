import type { SlotFacts } from "@creneau/domain/availability/slot-facts";
import type { Instant } from "@creneau/domain/time/instant";
import { localDateOf } from "@creneau/domain/time/local-time";
import { zoneDay } from "@creneau/domain/time/zone-day";

/** A day on which a provider's appointments are limited, as SQL counts it again under its lock (`day_is_full`). */
export interface CountedDay {
  from: Date;
  to: Date;
  limit: number;
}

/** The local day of a start, where the place is subject to a daily limit; null where it is not. */
export function countDay(
  { dailyLimit, schedule }: Pick<SlotFacts, "dailyLimit" | "schedule">,
  startsAt: Instant,
): CountedDay | null {
  if (!dailyLimit) return null;
  const day = zoneDay(schedule.zone, localDateOf(startsAt, schedule.zone));
  return { from: new Date(day.start), to: new Date(day.end), limit: dailyLimit.limit };
}
