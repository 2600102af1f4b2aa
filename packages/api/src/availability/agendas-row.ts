import type { PriceOverride } from "@creneau/domain/pricing/price-matrix";

/** What `agendasStatement` answers: instants in epoch milliseconds, packed busy time in seconds, dates `YYYY-MM-DD`. */
export interface AgendasRow {
  slotMinutes: number;
  service: {
    id: string;
    durationMinutes: number;
    priceCents: number | null;
    overrides: PriceOverride[];
    bufferBefore: number;
    bufferAfter: number;
    minNoticeMinutes: number;
    horizonDays: number;
    requiredSkills: string[];
    needsRoom: boolean;
  } | null;
  /** Every provider at every site it works at. */
  agendas: {
    providerId: string;
    siteId: string;
    userId: string | null;
    skills: string[];
    dailyLimit: number | null;
    isOffered: boolean;
  }[];
  sites: { id: string; timezone: string }[];
  rules: {
    siteId: string;
    providerId: string | null;
    isoWeekday: number;
    startMinute: number;
    endMinute: number;
    validFrom: string | null;
    validTo: string | null;
  }[];
  exceptions: {
    siteId: string | null;
    providerId: string | null;
    date: string;
    windows: { startMinute: number; endMinute: number }[];
    reason: string | null;
  }[];
  timeOff: {
    id: string;
    siteId: string | null;
    providerId: string | null;
    roomId: string | null;
    from: number;
    to: number;
    reason: string | null;
  }[];
  external: { id: string; userId: string; from: number; to: number; title: string | null }[];
  /** `from,to,from,to,…` in seconds since 1970, sorted by start. */
  busy: { providerId: string; spans: string }[];
  rooms: { siteId: string; roomId: string; spans: string }[];
  counts: { providerId: string; siteId: string; date: string; count: number }[];
}

const blockingAppointment = `a.busy_from < $6 AND a.busy_from > $5::timestamptz - interval '48 hours' AND a.busy_to > $5
          AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
          AND (a.status <> 'held' OR a.hold_expires_at > now())`;
/** Neighbours that touch are joined first: a full day is one span, and what is left to print and read is small. */
const packedSpans = (agenda: string) => `
      SELECT string_agg(date_part('epoch', lower(span)) || ',' || date_part('epoch', upper(span)), ',' ORDER BY span) AS spans
      FROM unnest((SELECT range_agg(tstzrange(a.busy_from, a.busy_to)) FROM appointment a
        WHERE a.organization_id = $1 AND ${agenda} AND ${blockingAppointment})) AS span`;

/*
 * $1 organization, $2 providers or null, $3 sites or null, $4 service or null, $5 from, $6 to,
 * $7 whether busy time is wanted, $8 most agendas: beyond that those soonest free are taken.
 * Busy time is read a provider at a time through the covering partial index, as plain comparisons (see placement-row.ts).
 */
export const agendasStatement = `
WITH chosen_service AS (
  SELECT v.* FROM service v WHERE v.organization_id = $1 AND v.id = $4::uuid AND v.archived_at IS NULL
), agenda AS (
  SELECT p.id AS provider_id, p.user_id, p.skills, p.daily_limit, ps.site_id, s.timezone,
    EXISTS (SELECT FROM service_provider sp
            WHERE sp.organization_id = $1 AND sp.service_id = $4::uuid AND sp.provider_id = p.id) AS is_offered
  FROM provider p
  JOIN provider_site ps ON ps.organization_id = $1 AND ps.provider_id = p.id
  JOIN site s ON s.organization_id = $1 AND s.id = ps.site_id
  WHERE p.organization_id = $1 AND p.archived_at IS NULL AND s.archived_at IS NULL
    AND ($2::uuid[] IS NULL OR p.id = ANY ($2::uuid[])) AND ($3::uuid[] IS NULL OR ps.site_id = ANY ($3::uuid[]))
    AND ($4::uuid IS NULL OR EXISTS (SELECT FROM service_provider sp
         WHERE sp.organization_id = $1 AND sp.service_id = $4::uuid AND sp.provider_id = p.id))
  ORDER BY p.next_available_at NULLS LAST, p.position, p.id, s.created_at, s.id LIMIT $8
), chosen_provider AS (SELECT DISTINCT provider_id, user_id, daily_limit FROM agenda),
chosen_site AS (SELECT DISTINCT site_id, timezone FROM agenda)
SELECT json_build_object(
  'slotMinutes', (SELECT slot_minutes FROM organization WHERE id = $1),
  'service', (SELECT json_build_object('id', id, 'durationMinutes', duration_minutes, 'priceCents', price_cents,
      'overrides', overrides, 'bufferBefore', buffer_before, 'bufferAfter', buffer_after, 'minNoticeMinutes', min_notice_minutes, 'horizonDays', horizon_days,
      'requiredSkills', required_skills, 'needsRoom', needs_room) FROM chosen_service),
  'agendas', (SELECT coalesce(json_agg(json_build_object('providerId', provider_id, 'siteId', site_id, 'userId', user_id,
      'skills', skills, 'dailyLimit', daily_limit, 'isOffered', is_offered)), '[]') FROM agenda),
  'sites', (SELECT coalesce(json_agg(json_build_object('id', site_id, 'timezone', timezone)), '[]') FROM chosen_site),
  'rules', (SELECT coalesce(json_agg(json_build_object('siteId', r.site_id, 'providerId', r.provider_id,
      'isoWeekday', r.iso_weekday, 'startMinute', r.start_minute, 'endMinute', r.end_minute,
      'validFrom', r.valid_from, 'validTo', r.valid_to)), '[]')
    FROM chosen_site c JOIN availability_rule r ON r.organization_id = $1 AND r.site_id = c.site_id
    WHERE r.provider_id IS NULL OR r.provider_id IN (SELECT provider_id FROM chosen_provider)),
  'exceptions', (SELECT coalesce(json_agg(json_build_object('siteId', x.site_id, 'providerId', x.provider_id,
      'date', x.date, 'windows', x.windows, 'reason', x.reason)), '[]')
    FROM availability_exception x
    WHERE x.organization_id = $1 AND x.date BETWEEN ($5::timestamptz)::date - 1 AND ($6::timestamptz)::date + 1
      AND (x.provider_id IN (SELECT provider_id FROM chosen_provider)
        OR (x.provider_id IS NULL AND x.site_id IN (SELECT site_id FROM chosen_site)))),
  'timeOff', (SELECT coalesce(json_agg(json_build_object('id', o.id, 'siteId', o.site_id, 'providerId', o.provider_id,
      'roomId', o.room_id, 'from', (extract(epoch FROM o.starts_at) * 1000)::bigint,
      'to', (extract(epoch FROM o.ends_at) * 1000)::bigint, 'reason', o.reason) ORDER BY o.starts_at, o.id), '[]')
    FROM time_off o
    WHERE o.organization_id = $1 AND o.starts_at < $6 AND o.ends_at > $5
      AND (o.provider_id IN (SELECT provider_id FROM chosen_provider) OR o.site_id IN (SELECT site_id FROM chosen_site)
        OR o.room_id IN (SELECT r.id FROM room r WHERE r.organization_id = $1 AND r.archived_at IS NULL
                         AND r.site_id IN (SELECT site_id FROM chosen_site)))),
  'external', (SELECT coalesce(json_agg(json_build_object('id', e.id, 'userId', e.user_id,
      'from', (extract(epoch FROM e.busy_from) * 1000)::bigint, 'to', (extract(epoch FROM e.busy_to) * 1000)::bigint,
      'title', e.title) ORDER BY e.busy_from, e.id), '[]')
    FROM external_event e
    WHERE e.organization_id = $1 AND e.user_id IN (SELECT user_id FROM chosen_provider) AND e.appointment_id IS NULL
      AND NOT e.transparent AND e.deleted_at IS NULL AND e.busy_from < $6 AND e.busy_to > $5),
  'busy', (SELECT coalesce(json_agg(json_build_object('providerId', c.provider_id, 'spans', b.spans)), '[]')
    FROM chosen_provider c CROSS JOIN LATERAL (${packedSpans("a.provider_id = c.provider_id")}) b
    WHERE $7::boolean AND b.spans IS NOT NULL),
  'rooms', (SELECT coalesce(json_agg(json_build_object('siteId', r.site_id, 'roomId', r.id, 'spans', coalesce(b.spans, ''))
      ORDER BY r.name, r.id), '[]')
    FROM chosen_site c JOIN room r ON r.organization_id = $1 AND r.site_id = c.site_id AND r.archived_at IS NULL
    CROSS JOIN LATERAL (${packedSpans("a.room_id = r.id")}) b
    WHERE $7::boolean AND (SELECT needs_room FROM chosen_service)),
  'counts', (SELECT coalesce(json_agg(n), '[]') FROM (
      SELECT c.provider_id AS "providerId", c.site_id AS "siteId",
        to_char(a.starts_at AT TIME ZONE c.timezone, 'YYYY-MM-DD') AS date, count(*)::integer AS count
      FROM agenda c JOIN appointment a ON a.organization_id = $1 AND a.provider_id = c.provider_id
        AND a.starts_at >= $5 AND a.starts_at < $6
        AND a.busy_from > $5::timestamptz - interval '48 hours' AND a.busy_from < $6
      WHERE $7::boolean AND c.daily_limit IS NOT NULL AND a.status NOT IN ('cancelled', 'no_show')
        AND (a.status <> 'held' OR a.hold_expires_at > now())
      GROUP BY c.provider_id, c.site_id, 3) n)
) AS facts`;
