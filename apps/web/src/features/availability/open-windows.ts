import { openTime, type Schedule } from "@creneau/domain/availability/open-time";
import { dayWindows, type MinuteWindow, type OpeningHours } from "@creneau/domain/availability/opening-hours";
import { HOUR_MS, type Instant } from "@creneau/domain/time/instant";
import { dayNumberOf, isoWeekdayOfDayNumber, type LocalDate } from "@creneau/domain/time/local-date";
import { localTimeOf } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneDay } from "@creneau/domain/time/zone-day";
import type { Outputs } from "../../trpc/react.ts";

type Availability = Outputs["availability"]["get"];
type SiteHours = Outputs["availability"]["openingHours"];
type Span = { startsAt: string; endsAt: string; reason: string | null };

/** Rules and exceptions of the API in the domain's words. */
function openingHours(hours: Pick<SiteHours, "rules" | "exceptions">): OpeningHours {
  return hours as unknown as OpeningHours;
}

function intervals(spans: readonly Span[]) {
  return spans.map(({ startsAt, endsAt, reason }) => ({
    start: Date.parse(startsAt) as Instant,
    end: Date.parse(endsAt) as Instant,
    reason,
  }));
}

const wholeWeek: OpeningHours = {
  rules: ([1, 2, 3, 4, 5, 6, 7] as const).map((isoWeekday) => ({
    isoWeekday,
    startMinute: 0,
    endMinute: 1440,
  })),
  exceptions: [],
};

/** When the site itself is open: its hours, exceptions and closures. */
export function siteSchedule(site: SiteHours): Schedule {
  return {
    zone: site.timezone as Zone,
    provider: wholeWeek,
    site: openingHours(site),
    timeOff: intervals(site.timeOff.filter(({ siteId }) => siteId !== null)),
  };
}

/** When a provider receives at a site, as the server reckons it; appointments are not looked at. */
export function providerSchedule(availability: Availability, site: SiteHours): Schedule {
  const own = availability.sites.find(({ siteId }) => siteId === site.siteId);
  return {
    ...siteSchedule(site),
    provider: openingHours({
      rules: own?.rules ?? [],
      exceptions: availability.exceptions.filter(({ siteId }) => siteId === null || siteId === site.siteId),
    }),
    timeOff: [...intervals(availability.timeOff), ...siteSchedule(site).timeOff],
  };
}

/** The open time of one date on its own wall clock, sorted. A window over a repeated hour appears as it is shown. */
export function openWindows(schedule: Schedule, date: string): MinuteWindow[] {
  const { start, end } = zoneDay(schedule.zone, date as LocalDate);
  if (start >= end) return [];
  return openTime({ schedule, window: { start, end } }).map((open) => ({
    startMinute: localTimeOf(open.start, schedule.zone).minute,
    endMinute: open.end === end ? 1440 : localTimeOf(open.end, schedule.zone).minute,
  }));
}

/** Hours by which a date is longer (1) or shorter (-1) than a day, where the clocks change; else 0. */
export function clockChange(zone: string, date: string): number {
  const { start, end } = zoneDay(zone as Zone, date as LocalDate);
  return (end - start) / HOUR_MS - 24;
}

/** Whether a weekly window reaches beyond what the site's usual hours, as of a date, hold: that part is never offered. */
export function isOutsideOpening(
  { isoWeekday, ...window }: MinuteWindow & { isoWeekday: number },
  opening: SiteHours["rules"],
  date: string,
): boolean {
  if (opening.length === 0) return false;
  const first = dayNumberOf(date as LocalDate);
  const days = Array.from({ length: 7 }, (_, day) => first + day);
  const weekday = days.find((day) => isoWeekdayOfDayNumber(day) === isoWeekday) ?? first;
  const open = dayWindows(openingHours({ rules: opening, exceptions: [] }), "open")(weekday);
  return !open.some((each) => each.startMinute <= window.startMinute && window.endMinute <= each.endMinute);
}
