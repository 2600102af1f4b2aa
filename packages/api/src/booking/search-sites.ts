import { inTenantSql } from "@creneau/db/in-tenant";
import { slots } from "@creneau/domain/availability/slots";
import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { parseLocalDate } from "@creneau/domain/time/local-date";
import { zoneDay } from "@creneau/domain/time/zone-day";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import type { PublicName, SiteBusy } from "./booking-cache.ts";
import { providersFor, resolveName, serviceAt } from "./booking-target.ts";
import type { BookingWork } from "./open-link.ts";
import type { PublicService, SiteProvider } from "./queries.ts";
import type { FoundSite, SearchOrigin, searchInput } from "./schema.ts";
import { searchOrigin } from "./search-origin.ts";
import type { SiteSetup } from "./site-setup.ts";
import { factsOf, withRooms } from "./slot-facts.ts";

type SearchInput = z.output<typeof searchInput>;

/** A site with the service asked for and those who give it there. */
interface Offer {
  setup: SiteSetup;
  service: PublicService;
  providers: SiteProvider[];
}

interface Found extends Offer {
  earliest: Instant[];
  distanceKm: number;
}

/**
 * How far ahead to look, in days: a network search asks for something soon. Few sites are full for the next days, and
 * busy time is most of what a search reads: only those that are get a second, longer look. A look ends with a day (UTC),
 * so that what was read for it serves all day.
 */
const horizons = [4, 21];
/** Sites whose busy time is read for each one wanted in the answer: the hint they are chosen by may be minutes old. */
const spare = 2;

/**
 * The sites around a point with the earliest free starts for a service: earliest first, then nearest, or the other way
 * round. Distance and the hint `next_available_at` choose whose busy time is read; busy time decides. Errors:
 * `not_found`, also for a place that is nowhere.
 */
export async function searchSites(
  work: BookingWork,
  input: SearchInput,
): Promise<{ origin: SearchOrigin; sites: FoundSite[] }> {
  const name = await resolveName(work, input.organizationSlug);
  const { origin, near } = await sitesNear(work, name, input);
  const cache = work.cache;
  const now = work.now;
  const distances = new Map(near.map(({ id, distanceKm }) => [id, distanceKm]));
  const setups = await cache.setups(
    name.organizationId,
    near.map(({ id }) => id),
    now,
  );
  const offers: Offer[] = setups.flatMap((setup) => {
    const service = serviceAt(setup, input.serviceSlug, input.subject);
    const providers = service
      ? providersFor(setup, service).filter(({ id }) => name.providerId === null || id === name.providerId)
      : [];
    return service && providers.length > 0 ? [{ setup, service, providers }] : [];
  });
  const found: Found[] = [];
  let asked: Offer[] = offers;
  for (const days of horizons) {
    const looks = asked.map((offer) => {
      const from = Math.max(now, fromOf(input, offer.setup) ?? 0) as Instant;
      return { offer, from, to: (Math.floor(from / DAY_MS + days) * DAY_MS) as Instant };
    });
    const busies = await cache.busyOfSites(
      looks.map(({ offer: { setup, service, providers }, to }) => ({
        organizationId: name.organizationId,
        setup,
        providerIds: providers.map(({ id }) => id),
        to: to + (service.durationMinutes + service.bufferAfter) * MINUTE_MS,
        now,
        isPassing: true,
      })),
    );
    const isLast = days === horizons.at(-1);
    asked = [];
    for (const [index, { offer, from, to }] of looks.entries()) {
      const busy = busies[index];
      const earliest = busy ? earliestStarts({ offer, busy, from, to, now, count: input.starts }) : [];
      if (earliest.length < input.starts && !isLast) asked.push(offer);
      else if (earliest.length > 0)
        found.push({ ...offer, earliest, distanceKm: distances.get(offer.setup.site.id) ?? 0 });
    }
  }
  const sites = found
    .sort((a, b) => {
      const earlier = (a.earliest[0] as number) - (b.earliest[0] as number);
      const nearer = a.distanceKm - b.distanceKm;
      return input.order === "nearest" ? nearer || earlier : earlier || nearer;
    })
    .slice(0, input.limit)
    .map(({ setup: { site }, service, earliest, distanceKm }) => ({
      site: {
        slug: site.slug,
        name: site.name,
        address: site.address,
        postalCode: site.postalCode,
        city: site.city,
        timezone: site.timezone,
      },
      distanceKm: Math.round(distanceKm * 10) / 10,
      slots: earliest.map((start) => ({
        startsAt: formatInstant(start),
        endsAt: formatInstant((start + service.durationMinutes * MINUTE_MS) as Instant),
      })),
    }));
  return { origin, sites };
}

/** The first starts at a site that any of its providers is free for, soonest first. */
function earliestStarts({
  offer: { setup, service, providers },
  busy,
  from,
  to,
  now,
  count,
}: {
  offer: Offer;
  busy: SiteBusy;
  from: Instant;
  to: Instant;
  now: number;
  count: number;
}): Instant[] {
  const starts = new Set<Instant>();
  for (const provider of providers) {
    const facts = factsOf(provider, { setup, service, busy, now });
    if (!facts) continue;
    for (const start of slots({ facts: withRooms(facts), from, to, limit: count })) starts.add(start);
  }
  return [...starts].sort((a, b) => a - b).slice(0, count);
}

function fromOf({ from }: SearchInput, setup: SiteSetup): number | null {
  if (from === undefined) return null;
  const date = parseLocalDate(from);
  return date ? zoneDay(setup.zone, date).start : Date.parse(from);
}

/** Candidates inside the radius, those that may be free soonest first. A box narrows before the sphere decides. */
function sitesNear(work: BookingWork, name: PublicName, input: SearchInput) {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const origin = await searchOrigin(tx, input);
    if (!origin) throw notFound("place");
    const near = await tx.query<{ id: string; distanceKm: number }>(
      `SELECT near.id, near.distance_km AS "distanceKm" FROM (
         SELECT s.id, 12742 * asin(least(1, sqrt(
           sin(radians(s.latitude - $2::float8) / 2) ^ 2 +
           cos(radians($2::float8)) * cos(radians(s.latitude)) * sin(radians(s.longitude - $3::float8) / 2) ^ 2))) AS distance_km
         FROM site s
         WHERE s.organization_id = $1::uuid AND s.archived_at IS NULL
           AND s.latitude BETWEEN $2::float8 - $4::float8 / 111.0 AND $2::float8 + $4::float8 / 111.0
           AND s.longitude BETWEEN $3::float8 - $4::float8 / (111.0 * greatest(0.05, cos(radians($2::float8))))
             AND $3::float8 + $4::float8 / (111.0 * greatest(0.05, cos(radians($2::float8))))
       ) near
       CROSS JOIN LATERAL (
         SELECT count(*) AS offering, min(greatest(coalesce(p.next_available_at, $7::timestamptz), $7::timestamptz)) AS next_available
         FROM provider_site ps
         JOIN provider p ON p.organization_id = $1::uuid AND p.id = ps.provider_id AND p.archived_at IS NULL
         JOIN service_provider sp ON sp.organization_id = $1::uuid AND sp.provider_id = p.id
         JOIN service v ON v.organization_id = $1::uuid AND v.id = sp.service_id AND v.slug = $5 AND v.is_public AND v.archived_at IS NULL
         WHERE ps.organization_id = $1::uuid AND ps.site_id = near.id AND ($8::uuid IS NULL OR p.id = $8::uuid)
       ) offer
       WHERE near.distance_km <= $4::float8 AND offer.offering > 0
       ORDER BY CASE WHEN $9::boolean THEN NULL ELSE offer.next_available END, near.distance_km LIMIT $6::integer`,
      [
        name.organizationId,
        origin.lat,
        origin.lon,
        input.radiusKm,
        input.serviceSlug,
        input.limit * spare,
        new Date(work.now),
        name.providerId,
        input.order === "nearest",
      ],
      "sites_near",
    );
    return { origin, near };
  });
}
