import type { TenantSql } from "@creneau/db/in-tenant";
import { slots } from "@creneau/domain/availability/slots";
import { DAY_MS, type Instant, instantPlusMinutes } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { type Actor, sitesOf } from "../actor.ts";
import { coveredSites } from "../appointments/queries.ts";
import { subjectAttributes } from "../directory/subject-attributes.ts";
import { notFound } from "../errors.ts";

import { type Agenda, loadAgendas } from "./agendas.ts";
import type { nearestInput, nearestView } from "./schema.ts";

/** Widths of the search in days: most networks have something within three, and busy time is what costs. */
const steps = [3, 10, 31, 92];
/** Of one provider at one site at least this many are kept, so that the answer is a choice between people too. */
const leastOfOne = 3;

/** The soonest starts of a service across providers and sites, soonest first. Errors: `not_found` (service). */
export async function findNearest(
  tx: TenantSql,
  actor: Actor,
  input: z.output<typeof nearestInput>,
  now: Instant,
): Promise<z.infer<typeof nearestView>> {
  const from = Math.max(now, input.from ? Date.parse(input.from) : now) as Instant;
  const attributes = await subjectAttributes(tx, input, sitesOf(actor));
  for (const [index, days] of steps.entries()) {
    const to = (from + days * DAY_MS) as Instant;
    const { agendas, isServiceKnown } = await loadAgendas(tx, {
      providerIds: input.providerIds ?? null,
      siteIds: coveredSites(actor, input.siteIds) ?? null,
      serviceId: input.serviceId,
      attributes,
      from,
      to,
      now,
    });
    if (!isServiceKnown) throw notFound("service");
    const items = soonest(agendas, { from, to, limit: input.limit });
    if (items.length >= input.limit || index === steps.length - 1 || agendas.length === 0) return { items };
  }
  return { items: [] };
}

function soonest(agendas: Agenda[], { from, to, limit }: { from: Instant; to: Instant; limit: number }) {
  const ofOne = Math.max(leastOfOne, Math.ceil(limit / Math.max(1, agendas.length)));
  return agendas
    .flatMap(({ providerId, siteId, schedule, facts }) =>
      facts === null
        ? []
        : slots({ facts, from, to, limit: ofOne }).map((start) => ({
            providerId,
            siteId,
            timezone: schedule.zone as string,
            start,
            end: instantPlusMinutes(start, facts.rules.durationMinutes),
          })),
    )
    .sort((a, b) => a.start - b.start)
    .slice(0, limit)
    .map(({ start, end, ...item }) => ({
      ...item,
      startsAt: formatInstant(start),
      endsAt: formatInstant(end),
    }));
}
