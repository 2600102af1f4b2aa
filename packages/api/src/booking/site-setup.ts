import type { Schedule, TimeOff } from "@creneau/domain/availability/open-time";
import type { AvailabilityException, WeeklyRule } from "@creneau/domain/availability/opening-hours";
import type { Instant } from "@creneau/domain/time/instant";
import type { LocalDate } from "@creneau/domain/time/local-date";
import { type Zone, zone } from "@creneau/domain/time/zone";
import type { SetupRow } from "./queries.ts";

/** Everything about a site that decides slots, apart from what occupies the time; ready for the domain. */
export interface SiteSetup extends Omit<SetupRow, "rules" | "exceptions" | "timeOff"> {
  zone: Zone;
  /** By provider. */
  schedules: ReadonlyMap<string, Schedule>;
  /** By room: when it cannot be used. */
  roomTimeOff: ReadonlyMap<string, TimeOff[]>;
  /** Keys of `booking_version` it was read from, and the sum of their versions then. */
  versionKeys: string[];
  versionTotal: number;
  /** The cache's clock when the read began. */
  readFrom: number;
  /** And when it was over: busy time read after it knows at least as much of external calendars as its versions say. */
  readTo: number;
}

/** Prepares a row for use: hours by provider. */
export function siteSetup(
  { rules, exceptions, timeOff, ...row }: SetupRow,
  { readFrom, readTo }: { readFrom: number; readTo: number },
): SiteSetup {
  const siteZone = zone(row.site.timezone);
  const hoursOf = (owner: string | null) => ({
    rules: rules.filter(({ providerId }) => providerId === owner) as unknown as WeeklyRule[],
    exceptions: exceptions.flatMap(({ providerId, date, windows }): AvailabilityException[] =>
      providerId === owner ? [{ date: date as LocalDate, windows }] : [],
    ),
  });
  const spans = (matches: (line: SetupRow["timeOff"][number]) => boolean): TimeOff[] =>
    timeOff.filter(matches).map(({ from, to }) => ({ start: from as Instant, end: to as Instant }));
  const site = hoursOf(null);
  const schedules = row.providers.map(({ id }): [string, Schedule] => [
    id,
    {
      zone: siteZone,
      provider: hoursOf(id),
      site,
      timeOff: spans(({ providerId, siteId }) => providerId === id || siteId !== null),
    },
  ]);
  return {
    ...row,
    zone: siteZone,
    schedules: new Map(schedules),
    roomTimeOff: new Map(row.rooms.map((id) => [id, spans(({ roomId }) => roomId === id)])),
    versionKeys: Object.keys(row.versions),
    versionTotal: Object.values(row.versions).reduce((sum, version) => sum + version, 0),
    readFrom,
    readTo,
  };
}
