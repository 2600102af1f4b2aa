import type { TenantSql } from "@creneau/db/in-tenant";
import type { WaitlistState } from "./schema.ts";

/** An entry with what it speaks of, and its last offer as far as it still is one. */
export interface EntryRow {
  id: string;
  state: WaitlistState;
  name: string;
  email: string;
  phone: string | null;
  locale: string;
  client_timezone: string | null;
  subject_attributes: Record<string, string | number | boolean> | null;
  from_date: string;
  to_date: string;
  start_minute: number;
  end_minute: number;
  offered_starts: Date[];
  seen_starts: Date[];
  created_at: Date;
  site_id: string;
  site_slug: string;
  site_name: string;
  address: string | null;
  postal_code: string | null;
  city: string | null;
  timezone: string;
  phone_to_call: string | null;
  service_id: string;
  service_slug: string;
  service_name: string;
  provider_id: string | null;
  provider_name: string | null;
  username: string | null;
  organization_name: string;
  accent: string;
  organization_slug: string;
  organization_locale: string;
  offered_id: string | null;
  offered_at: Date | null;
  offered_end: Date | null;
  offered_until: Date | null;
  offered_provider_id: string | null;
  offered_provider: string | null;
  offered_price_cents: number | null;
  offered_status: string | null;
}

/**
 * An offer is a hold still running, or the booking it became: only an acceptance brings a client. One that lapsed, was
 * declined, or was released by staff is no offer any more.
 */
const liveOffer = `LEFT JOIN appointment o ON o.organization_id = e.organization_id AND o.id = e.offered_appointment_id
  AND (o.client_id IS NOT NULL OR (o.status = 'held' AND o.hold_expires_at > now()))`;

/** The one place that says what state an entry is in. `$2` is the present instant. */
const state = `CASE WHEN o.client_id IS NOT NULL THEN 'booked'
  WHEN e.ended_at IS NOT NULL THEN 'ended'
  WHEN o.id IS NOT NULL THEN 'offered'
  WHEN e.to_date < ($2::timestamptz AT TIME ZONE s.timezone)::date THEN 'ended'
  ELSE 'waiting' END`;

const columns = `e.id, ${state} AS state, e.name, e.email, e.phone, e.locale, e.timezone AS client_timezone, e.subject_attributes,
  e.from_date, e.to_date, e.start_minute, e.end_minute, e.offered_starts, e.seen_starts, e.created_at,
  s.id AS site_id, s.slug AS site_slug, s.name AS site_name, s.address, s.postal_code, s.city, s.timezone,
  coalesce(s.phone, g.phone) AS phone_to_call, v.id AS service_id, v.slug AS service_slug, v.name AS service_name,
  e.provider_id, p.name AS provider_name, u.username, g.name AS organization_name, g.accent, g.slug AS organization_slug,
  g.locale AS organization_locale, o.id AS offered_id, o.starts_at AS offered_at, o.ends_at AS offered_end,
  o.hold_expires_at AS offered_until, o.provider_id AS offered_provider_id, op.name AS offered_provider,
  o.price_cents AS offered_price_cents, o.status::text AS offered_status`;

const source = `waitlist_entry e
  JOIN organization g ON g.id = e.organization_id
  JOIN site s ON s.organization_id = e.organization_id AND s.id = e.site_id
  JOIN service v ON v.organization_id = e.organization_id AND v.id = e.service_id
  LEFT JOIN provider p ON p.organization_id = e.organization_id AND p.id = e.provider_id
  LEFT JOIN "user" u ON u.id = p.user_id
  ${liveOffer}
  LEFT JOIN provider op ON op.organization_id = e.organization_id AND op.id = o.provider_id`;

/** One entry; null when there is none with this id. */
export async function findEntry(
  tx: TenantSql,
  { id, now }: { id: string; now: number },
): Promise<EntryRow | null> {
  const [row] = await tx.query<EntryRow>(
    `SELECT ${columns} FROM ${source} WHERE e.organization_id = $1::uuid AND e.id = $3::uuid`,
    [tx.scope.organizationId, new Date(now), id],
    "waitlist_entry",
  );
  return row ?? null;
}

/** Those who wait and have no offer, first come first. */
export function findWaiting(
  tx: TenantSql,
  { now, limit }: { now: number; limit: number },
): Promise<EntryRow[]> {
  return tx.query<EntryRow>(
    `SELECT ${columns} FROM ${source}
     WHERE e.organization_id = $1::uuid AND e.ended_at IS NULL AND ${state} = 'waiting'
     ORDER BY e.created_at, e.id LIMIT $3::integer`,
    [tx.scope.organizationId, new Date(now), limit],
    "waitlist_waiting",
  );
}

/** Entries for staff, first come first; `siteIds` null: of every site. */
export function listEntries(
  tx: TenantSql,
  {
    now,
    siteIds,
    includeEnded,
    after,
    limit,
  }: {
    now: number;
    siteIds: string[] | null;
    includeEnded: boolean;
    after: { createdAt: Date; id: string } | null;
    limit: number;
  },
): Promise<EntryRow[]> {
  return tx.query<EntryRow>(
    `SELECT ${columns} FROM ${source}
     WHERE e.organization_id = $1::uuid AND ($3::uuid[] IS NULL OR e.site_id = ANY ($3::uuid[]))
       AND ($4::boolean OR (e.ended_at IS NULL AND ${state} IN ('waiting', 'offered')))
       AND ($5::timestamptz IS NULL OR (e.created_at, e.id) > ($5::timestamptz, $6::uuid))
     ORDER BY e.created_at, e.id LIMIT $7::integer`,
    [
      tx.scope.organizationId,
      new Date(now),
      siteIds,
      includeEnded,
      after?.createdAt ?? null,
      after?.id ?? null,
      limit,
    ],
    "waitlist_entries",
  );
}
