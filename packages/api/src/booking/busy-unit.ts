import type { BusyInterval } from "@creneau/domain/availability/busy-time";
import type { DailyLimit } from "@creneau/domain/availability/slot-facts";
import type { Instant } from "@creneau/domain/time/instant";
import type { LocalDate } from "@creneau/domain/time/local-date";
import { localDateOf } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";

/** A row of `booking_busy`, packed. */
export interface BusyRow {
  kind: "provider" | "room" | "site";
  key: string;
  times: number[] | null;
  external: number[] | null;
  counts: [startsAt: number, holdUntil: number][] | null;
}

/** What occupies the time of a provider, a room, or the day's capacity of a site, as it was at one moment. */
export interface BusyUnit {
  busy: BusyInterval[];
  /** When each of `busy` lapses by itself: epoch milliseconds, 0 for never. */
  lapses: number[];
  /** Earliest lapse to come when read; infinity without holds. */
  nextLapse: number;
  counts: [startsAt: number, holdUntil: number][];
  /** Busy time after this is unknown. */
  to: number;
  /** The cache's clock when the read began. */
  readFrom: number;
}

/** Prepares a row for use. */
export function busyUnit(
  row: BusyRow,
  { to, readFrom, now }: { to: number; readFrom: number; now: number },
): BusyUnit {
  const busy: BusyInterval[] = [];
  const lapses: number[] = [];
  const times = row.times ?? [];
  for (let index = 0; index < times.length; index += 3) {
    busy.push({ start: times[index] as Instant, end: times[index + 1] as Instant });
    lapses.push(times[index + 2] as number);
  }
  const external = row.external ?? [];
  for (let index = 0; index < external.length; index += 2) {
    busy.push({ start: external[index] as Instant, end: external[index + 1] as Instant, kind: "external" });
    lapses.push(0);
  }
  const counts = row.counts ?? [];
  const nextLapse = Math.min(
    ...[...lapses, ...counts.map(([, until]) => until)].filter((until) => until > now),
    Number.POSITIVE_INFINITY,
  );
  return { busy, lapses, nextLapse, counts, to, readFrom };
}

/** The busy time at `now`: holds that have lapsed since the read are left out, without asking the database. */
export function busyAt(unit: BusyUnit, now: number): readonly BusyInterval[] {
  if (now < unit.nextLapse) return unit.busy;
  return unit.busy.filter((_, index) => unit.lapses[index] === 0 || (unit.lapses[index] as number) > now);
}

/**
 * The provider's daily limit joined with the site's daily capacity: a date on which the site is full counts as full for
 * the provider. Null when neither is set.
 */
export function dailyLimitAt(
  {
    limit,
    unit,
    capacity,
    siteUnit,
    zone,
  }: {
    limit: number | null;
    unit: BusyUnit;
    capacity: number | null;
    siteUnit: BusyUnit | undefined;
    zone: Zone;
  },
  now: number,
): DailyLimit | null {
  if (limit === null && capacity === null) return null;
  const counts = limit === null ? new Map<LocalDate, number>() : countByDate(unit, zone, now);
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  if (capacity !== null && siteUnit) {
    for (const [date, count] of countByDate(siteUnit, zone, now))
      if (count >= capacity) counts.set(date, most);
  }
  return { limit: most, counts };
}

function countByDate({ counts }: BusyUnit, zone: Zone, now: number): Map<LocalDate, number> {
  const byDate = new Map<LocalDate, number>();
  for (const [startsAt, holdUntil] of counts) {
    if (holdUntil !== 0 && holdUntil <= now) continue;
    const date = localDateOf(startsAt as Instant, zone);
    byDate.set(date, (byDate.get(date) ?? 0) + 1);
  }
  return byDate;
}
