import type { Interval } from "../time/interval.ts";
import {
  clipIntervals,
  intersectIntervals,
  normalizeIntervals,
  subtractIntervals,
} from "../time/interval-list.ts";
import type { Zone } from "../time/zone.ts";
import { zoneSegments } from "../time/zone-day.ts";
import type { ZoneSegment } from "../time/zone-segment.ts";
import { dayWindows, type OpeningHours, openIntervals } from "./opening-hours.ts";

/** A span in which a provider is away, whatever the hours say. */
export type TimeOff = Interval & { readonly reason?: string | null };

/** When a provider receives at a site. */
export type Schedule = {
  /** The site's zone: the wall clock of every rule, of the grid, of the daily limit and of the horizon. */
  readonly zone: Zone;
  readonly provider: OpeningHours;
  /** The site's own hours. Absent, or without any rule: the site adds nothing but its exceptions. */
  readonly site?: OpeningHours | null;
  readonly timeOff: readonly TimeOff[];
};

/**
 * The time a provider can be booked at a site, before appointments: provider's hours ∩ site's hours − time off,
 * clipped to `window`.
 *
 * @example
 * openTime({ schedule, window: interval(from, to) }) // [{ start, end }, …] sorted, disjoint
 */
export function openTime({
  schedule,
  window,
}: {
  schedule: Schedule;
  window: Interval;
}): readonly Interval[] {
  const segments = zoneSegments(schedule.zone, window.start, window.end);
  return clipIntervals(openTimeOver(schedule, segments), window);
}

/** {@link openTime} over segments already at hand, not clipped inside the first and the last. */
export function openTimeOver(schedule: Schedule, segments: readonly ZoneSegment[]): readonly Interval[] {
  const site = siteTime(schedule, segments);
  const own = providerTime(schedule, segments);
  const open = site === null ? own : intersectIntervals(own, site);
  return subtractIntervals(open, normalizeIntervals(schedule.timeOff));
}

/** The provider's own hours, exceptions applied. */
export function providerTime(schedule: Schedule, segments: readonly ZoneSegment[]): readonly Interval[] {
  return openIntervals(dayWindows(schedule.provider, "closed"), segments);
}

/** The site's hours, exceptions applied; null when the site does not restrict anything. */
export function siteTime(schedule: Schedule, segments: readonly ZoneSegment[]): readonly Interval[] | null {
  const { site } = schedule;
  if (!site || (site.rules.length === 0 && site.exceptions.length === 0)) return null;
  return openIntervals(dayWindows(site, "open"), segments);
}
