import type { BusyInterval } from "@creneau/domain/availability/busy-time";
import type { DailyLimit } from "@creneau/domain/availability/slot-facts";
import type { Instant } from "@creneau/domain/time/instant";
import type { LocalDate } from "@creneau/domain/time/local-date";
import { localDateOf } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";

/** A row of `booking_busy`. */
export interface BusyRow {
  kind: "provider" | "room" | "site";
  key: string;
  /** Intervals by their start, packed: each an instant of its start, of its end, and of its lapse. */
  times: Buffer | null;
  external: Buffer | null;
  counts: [startsAt: number, holdUntil: number][] | null;
  /** The database's clock when it answered, epoch milliseconds: it alone judges holds. */
  read_at: number;
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

const instantOctets = 8;
const intervalOctets = 3 * instantOctets;
const microsecondsOfWord = 2 ** 32;
const epochOfPostgres = Date.UTC(2000, 0, 1);
/** How "infinity" begins. */
const infinity = 2 ** 31 - 1;

/** An instant as PostgreSQL sends it: 64 bits of microseconds since 2000. Infinity is 0, for what never lapses. */
function readInstant(packed: Buffer, offset: number): Instant {
  const high = packed.readInt32BE(offset);
  if (high === infinity) return 0 as Instant;
  const microseconds = high * microsecondsOfWord + packed.readUInt32BE(offset + 4);
  return (epochOfPostgres + Math.floor(microseconds / 1000)) as Instant;
}

function intervalsOf(packed: Buffer | null): { start: Instant; end: Instant; lapse: Instant }[] {
  if (!packed) return [];
  return Array.from({ length: packed.length / intervalOctets }, (_, index) => {
    const offset = index * intervalOctets;
    return {
      start: readInstant(packed, offset),
      end: readInstant(packed, offset + instantOctets),
      lapse: readInstant(packed, offset + 2 * instantOctets),
    };
  });
}

/** Prepares a row for use. `now`: this process's clock when the answer came; lapses are told by it from here on. */
export function busyUnit(
  row: BusyRow,
  { to, readFrom, now }: { to: number; readFrom: number; now: number },
): BusyUnit {
  const busy: BusyInterval[] = [];
  const lapses: number[] = [];
  const byOurClock = (lapse: number) => (lapse === 0 ? 0 : Math.ceil(lapse + now - row.read_at));
  for (const { start, end, lapse } of intervalsOf(row.times)) {
    busy.push({ start, end });
    lapses.push(byOurClock(lapse));
  }
  for (const { start, end } of intervalsOf(row.external)) {
    busy.push({ start, end, kind: "external" });
    lapses.push(0);
  }
  const counts = (row.counts ?? []).map(([start, until]): [number, number] => [start, byOurClock(until)]);
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
