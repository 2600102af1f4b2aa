import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import { parseLocalDate } from "@creneau/domain/time/local-date";
import type { Zone } from "@creneau/domain/time/zone";
import { zoneDay } from "@creneau/domain/time/zone-day";
import type { z } from "zod";
import { resolveTarget } from "./booking-target.ts";
import { findSlots, toDays } from "./find-slots.ts";
import type { BookingWork } from "./open-link.ts";
import type { firstAvailableInput, SlotAnswer } from "./schema.ts";

/** The earliest starts at or after a moment (now), up to the horizon. `days` is empty when there is none. */
export async function firstAvailable(
  work: BookingWork,
  input: z.output<typeof firstAvailableInput>,
): Promise<SlotAnswer> {
  const target = await resolveTarget(work, input);
  const displayZone = input.timezone ?? target.setup.zone;
  // Whole days: everybody who asks today asks the same.
  const asked = Math.max(momentOf(input.from, displayZone) ?? 0, work.now);
  const base = Math.floor(asked / DAY_MS) * DAY_MS;
  const end = work.now + (target.service.horizonDays + 2) * DAY_MS;
  const found: Instant[] = [];
  for (
    let from = base, days = 14;
    from < end && found.length < input.limit;
    from += days * DAY_MS, days *= 2
  ) {
    const { starts } = await findSlots(work, {
      target,
      from,
      to: from + days * DAY_MS,
      zone: target.setup.zone,
    });
    found.push(...starts.filter((start) => start >= asked).slice(0, input.limit - found.length));
  }
  return {
    timezone: displayZone,
    version: found.join(),
    days: toDays(found, { zone: displayZone, durationMinutes: target.service.durationMinutes }),
  };
}

function momentOf(text: string | undefined, displayZone: Zone): number | undefined {
  if (text === undefined) return undefined;
  const date = parseLocalDate(text);
  return date ? zoneDay(displayZone, date).start : Date.parse(text);
}
