import type { Outputs } from "../../trpc/react.ts";
import { instantOf, plusDays, wallTimeOf } from "../time/wall-time.ts";

type Exception = Outputs["availability"]["get"]["exceptions"][number];
type TimeOff = Outputs["availability"]["get"]["timeOff"][number];
type MinuteWindow = { startMinute: number; endMinute: number };

/** Whose dated change it is: the one whose hours are edited, or what surrounds them. */
export type Owner = "own" | "site" | "room";

/** Consecutive dates with the same other hours, or closed. */
export type ExceptionItem = {
  kind: "exception";
  ids: string[];
  date: string;
  /** Last date, included. */
  until: string;
  /** None: closed. */
  windows: MinuteWindow[];
  reason: string | null;
  /** Null: at every site of the provider. */
  siteId: string | null;
  owner: Owner;
};

/** A time without bookings, on the wall clock of the site shown. */
export type TimeOffItem = {
  kind: "timeOff";
  id: string;
  date: string;
  until: string;
  /** Minutes of the first and of the last date; null when whole days are meant. */
  startMinute: number | null;
  endMinute: number | null;
  reason: string | null;
  roomId: string | null;
  owner: Owner;
};
export type DatedItem = ExceptionItem | TimeOffItem;

/** A stable name for lists. */
export function itemKey(item: DatedItem): string {
  return item.kind === "exception" ? (item.ids[0] ?? "") : item.id;
}

/** Exceptions with those of following dates that say the same joined into one. */
export function exceptionItems(exceptions: readonly Exception[], owner: Owner): ExceptionItem[] {
  const items: ExceptionItem[] = [];
  for (const { id, siteId, date, windows, reason } of exceptions.toSorted((a, b) =>
    a.date < b.date ? -1 : 1,
  )) {
    const earlier = items.find(
      (item) =>
        plusDays(item.until, 1) === date &&
        item.siteId === siteId &&
        item.reason === reason &&
        JSON.stringify(item.windows) === JSON.stringify(windows),
    );
    if (earlier) {
      earlier.until = date;
      earlier.ids.push(id);
    } else items.push({ kind: "exception", ids: [id], date, until: date, windows, reason, siteId, owner });
  }
  return items;
}

/** An absence on the wall clock of a zone. From midnight to midnight it is made of whole days. */
export function timeOffItem(
  { id, startsAt, endsAt, reason, roomId }: TimeOff,
  { zone, owner }: { zone: string; owner: Owner },
): TimeOffItem {
  const start = wallTimeOf({ instant: startsAt, zone });
  const end = wallTimeOf({ instant: endsAt, zone });
  const isMidnight = (instant: string, date: string) =>
    Date.parse(instantOf({ date, minute: 0, zone })) === Date.parse(instant);
  const isWhole = isMidnight(startsAt, start.date) && isMidnight(endsAt, end.date);
  // An end at midnight belongs to the day before it, as 24:00.
  const endsBefore = isMidnight(endsAt, end.date);
  return {
    kind: "timeOff",
    id,
    date: start.date,
    until: endsBefore ? plusDays(end.date, -1) : end.date,
    startMinute: isWhole ? null : start.minute,
    endMinute: isWhole ? null : endsBefore ? 1440 : end.minute,
    reason,
    roomId,
    owner,
  };
}

/** In the order of their dates. */
export function sortItems(items: readonly DatedItem[]): DatedItem[] {
  return items.toSorted((a, b) => `${a.date} ${a.until}`.localeCompare(`${b.date} ${b.until}`));
}

/** Those that concern a date. */
export function itemsOn(items: readonly DatedItem[], date: string): DatedItem[] {
  return items.filter((item) => item.date <= date && date <= item.until);
}

/** Two dates in order. */
export function dateRange(a: string, b: string): { from: string; until: string } {
  return a <= b ? { from: a, until: b } : { from: b, until: a };
}
