import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { localDateOfDayNumber } from "@creneau/domain/time/local-date";
import { instantFromLocal } from "@creneau/domain/time/local-time";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneOffsetAt } from "@creneau/domain/time/zone-day";
import { createPlugin } from "@fullcalendar/core";
import { NamedTimeZoneImpl } from "@fullcalendar/core/internal";

/** Reads zones from the runtime's own data, as the rest of the product does: no second library of time in the browser. */
class RuntimeTimeZone extends NamedTimeZoneImpl {
  offsetForArray([year = 1970, month = 0, day = 1, hour = 0, minute = 0]: number[]): number {
    const wall = Date.UTC(year, month, day, hour, minute);
    const dayNumber = Math.floor(wall / DAY_MS);
    const instant = instantFromLocal({
      date: localDateOfDayNumber(dayNumber),
      minute: (wall - dayNumber * DAY_MS) / MINUTE_MS,
      zone: this.timeZoneName as Zone,
      gap: "forward",
      overlap: "earlier",
    });
    return (wall - instant) / MINUTE_MS;
  }

  timestampToArray(ms: number): number[] {
    const wall = new Date(ms + zoneOffsetAt(this.timeZoneName as Zone, ms as Instant));
    return [
      wall.getUTCFullYear(),
      wall.getUTCMonth(),
      wall.getUTCDate(),
      wall.getUTCHours(),
      wall.getUTCMinutes(),
      wall.getUTCSeconds(),
      wall.getUTCMilliseconds(),
    ];
  }
}

export const timeZonePlugin = createPlugin({
  name: "runtime-time-zone",
  namedTimeZonedImpl: RuntimeTimeZone,
});
