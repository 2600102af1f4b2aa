import type { Zone } from "@creneau/domain/time/zone";
import ICAL from "ical.js";
import { tzlib_get_ical_block } from "timezones-ical-library";

/** A zone as a calendar file declares it. */
export interface ZoneRules {
  /** The VTIMEZONE, as jCal, under the zone's own name. */
  component: unknown[];
  /** The offset, in milliseconds, by which a reader of the file takes a wall-clock time (`YYYY-MM-DDTHH:MM:SS`). */
  offsetAt(wallClock: string): number;
}

/** Some six hundred names at most, each of a row's zone, which was checked when it was saved. */
const known = new Map<Zone, ZoneRules | null>();

/**
 * The rules of a zone; null for a zone that has none of its own, such as UTC. Zones that are the same as another one by
 * now (`Indian/Reunion`) have that one's rules under their own name: it is the one that people know.
 */
export function findZoneRules(zone: Zone): ZoneRules | null {
  let rules = known.get(zone);
  if (rules === undefined) {
    rules = readRules(zone);
    known.set(zone, rules);
  }
  return rules;
}

function readRules(zone: Zone): ZoneRules | null {
  const [block] = tzlib_get_ical_block(zone);
  if (typeof block !== "string" || !block.startsWith("BEGIN:VTIMEZONE")) return null;
  const component = new ICAL.Component(ICAL.parse(block.trim()));
  for (const name of ["tzid", "x-lic-location"]) component.updatePropertyWithValue(name, zone);
  const timezone = new ICAL.Timezone({ component, tzid: zone });
  return {
    component: component.toJSON() as unknown[],
    offsetAt: (wallClock) => timezone.utcOffset(ICAL.Time.fromDateTimeString(wallClock)) * 1_000,
  };
}
