import type { Database } from "@creneau/db/database";
import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { firstFree } from "@creneau/domain/availability/first-free";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import { loadAgendas } from "./agendas.ts";

/** Providers looked at in one transaction, so that a large organization never holds one for long. */
const chunkSize = 100;
/** Most providers have something within the week: busy time is loaded for the whole horizon only for the others. */
const firstLookDays = 8;

interface Offer {
  serviceId: string;
  horizonDays: number;
  providerIds: string[];
}

/**
 * Writes each provider's earliest start that a client could book, over all services and sites, into
 * `next_available_at`; null when there is none up to the horizon. Returns how many rows changed. A hint for ordering:
 * a few minutes old at times, and no booking relies on it.
 */
export async function refreshNextAvailable(
  database: Database,
  { scope, now }: { scope: TenantScope; now: Instant },
): Promise<number> {
  const offers = await inTenantSql(database, scope, readOffers);
  const providerIds = await inTenantSql(database, scope, async (tx) => {
    const rows = await tx.query<{ id: string }>(
      "SELECT id FROM provider WHERE archived_at IS NULL ORDER BY id",
    );
    return rows.map(({ id }) => id);
  });
  let changed = 0;
  for (let at = 0; at < providerIds.length; at += chunkSize) {
    const chunk = providerIds.slice(at, at + chunkSize);
    changed += await inTenantSql(database, scope, async (tx) => {
      const earliest = await findEarliest(tx, { offers, providerIds: new Set(chunk), now });
      return writeEarliest(tx, chunk, earliest);
    });
  }
  return changed;
}

function readOffers(tx: TenantSql): Promise<Offer[]> {
  return tx.query<Offer>(
    `SELECT v.id AS "serviceId", v.horizon_days AS "horizonDays", array_agg(sp.provider_id::text) AS "providerIds"
     FROM service v JOIN service_provider sp ON sp.organization_id = v.organization_id AND sp.service_id = v.id
     WHERE v.archived_at IS NULL GROUP BY v.id, v.horizon_days ORDER BY v.id`,
  );
}

async function findEarliest(
  tx: TenantSql,
  { offers, providerIds, now }: { offers: Offer[]; providerIds: ReadonlySet<string>; now: Instant },
): Promise<Map<string, Instant>> {
  const earliest = new Map<string, Instant>();
  for (const offer of offers) {
    let waiting = offer.providerIds.filter((id) => providerIds.has(id));
    for (const days of [firstLookDays, offer.horizonDays + 1]) {
      if (waiting.length === 0) break;
      const to = (now + days * DAY_MS) as Instant;
      const found = await firstFreeOf(tx, { serviceId: offer.serviceId, providerIds: waiting, now, to });
      for (const [providerId, start] of found) {
        earliest.set(providerId, Math.min(start, earliest.get(providerId) ?? start) as Instant);
      }
      waiting = waiting.filter((id) => !found.has(id));
    }
  }
  return earliest;
}

/** Each provider's first start of the service before `to`, over its sites. */
async function firstFreeOf(
  tx: TenantSql,
  {
    serviceId,
    providerIds,
    now,
    to,
  }: { serviceId: string; providerIds: string[]; now: Instant; to: Instant },
): Promise<Map<string, Instant>> {
  const { agendas } = await loadAgendas(tx, {
    providerIds,
    siteIds: null,
    serviceId,
    from: now,
    to,
    now,
    limit: 10_000,
  });
  const found = new Map<string, Instant>();
  for (const { providerId, facts } of agendas) {
    const start = facts && firstFree(facts);
    // Beyond `to` busy time was not loaded, so a start there means nothing.
    if (start === null || start >= to) continue;
    found.set(providerId, Math.min(start, found.get(providerId) ?? start) as Instant);
  }
  return found;
}

async function writeEarliest(
  tx: TenantSql,
  providerIds: string[],
  earliest: Map<string, Instant>,
): Promise<number> {
  const instants = providerIds.map((id) => {
    const start = earliest.get(id);
    return start === undefined ? null : new Date(start).toISOString();
  });
  const rows = await tx.query(
    `UPDATE provider p SET next_available_at = n.at
     FROM unnest($1::uuid[], $2::timestamptz[]) AS n (id, at)
     WHERE p.organization_id = current_organization() AND p.id = n.id AND p.next_available_at IS DISTINCT FROM n.at
     RETURNING p.id`,
    [providerIds, instants],
  );
  return rows.length;
}
