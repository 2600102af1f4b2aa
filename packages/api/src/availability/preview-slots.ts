import type { TenantSql } from "@creneau/db/in-tenant";
import { slotDays } from "@creneau/domain/availability/slot-days";
import { slots } from "@creneau/domain/availability/slots";
import { type Instant, instantPlusMinutes } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { type Actor, coversSite, sitesOf } from "../actor.ts";

import { subjectAttributes } from "../directory/subject-attributes.ts";
import { notFound } from "../errors.ts";
import { pricePlacement } from "../placement/price-placement.ts";
import { loadPlacement } from "../placement/read-placement.ts";
import type { slotsInput, slotsView } from "./schema.ts";

/** What a client would be offered now, by local date of the site. Errors: `not_found`. */
export async function previewSlots(
  tx: TenantSql,
  actor: Actor,
  input: z.output<typeof slotsInput>,
  now: Instant,
): Promise<z.infer<typeof slotsView>> {
  const from = Date.parse(input.from) as Instant;
  const to = Date.parse(input.to) as Instant;
  const found = await loadPlacement(tx, { ...input, from, to, now });
  const { facts, site } = pricePlacement(found, await subjectAttributes(tx, input, sitesOf(actor)));
  if (!coversSite(actor, site.id)) throw notFound("provider");
  const starts = slots({ facts: { ...facts, rooms: facts.needsRoom ? facts.siteRooms : null }, from, to });
  return {
    timezone: site.timezone,
    days: slotDays(starts, facts.schedule.zone).map(({ date, starts: ofDay }) => ({
      date,
      slots: ofDay.map((start) => ({
        startsAt: formatInstant(start),
        endsAt: formatInstant(instantPlusMinutes(start, facts.rules.durationMinutes)),
      })),
    })),
  };
}
