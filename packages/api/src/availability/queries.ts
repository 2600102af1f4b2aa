import type { TenantSql } from "@creneau/db/in-tenant";
import { type Actor, sitesOf } from "../actor.ts";
import { notFound } from "../errors.ts";

import { mayChangeHours } from "./policy.ts";
import type { AvailabilityView, OpeningHoursView } from "./schema.ts";

const ruleColumns = `json_build_object('id', r.id, 'isoWeekday', r.iso_weekday, 'startMinute', r.start_minute,
  'endMinute', r.end_minute, 'validFrom', r.valid_from, 'validTo', r.valid_to)`;
const ruleOrder = "r.iso_weekday, r.start_minute, r.valid_from NULLS FIRST, r.id";
const exceptionColumns = `json_build_object('id', x.id, 'siteId', x.site_id, 'providerId', x.provider_id, 'date', x.date,
  'windows', x.windows, 'reason', x.reason)`;
const isoColumn = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const timeOffColumns = `json_build_object('id', o.id, 'providerId', o.provider_id, 'siteId', o.site_id, 'roomId', o.room_id,
  'startsAt', ${isoColumn("o.starts_at")}, 'endsAt', ${isoColumn("o.ends_at")}, 'reason', o.reason)`;

/** From when exceptions and absences are shown unless asked otherwise. */
const sinceDefault = "(now() - interval '31 days')::date";

/** Rules, exceptions and absences of a provider, at the sites the actor covers. @throws AppError `not_found` */
export async function readAvailability(
  tx: TenantSql,
  actor: Actor,
  { providerId, since }: { providerId: string; since?: string | undefined },
): Promise<AvailabilityView> {
  const covered = sitesOf(actor);
  const rows = await tx.query<{ view: Pick<AvailabilityView, "sites" | "exceptions" | "timeOff"> }>(
    `SELECT json_build_object(
       'sites', (SELECT coalesce(json_agg(json_build_object('siteId', s.id, 'name', s.name, 'timezone', s.timezone,
           'rules', (SELECT coalesce(json_agg(${ruleColumns} ORDER BY ${ruleOrder}), '[]') FROM availability_rule r
                     WHERE r.organization_id = $1::uuid AND r.provider_id = p.id AND r.site_id = s.id),
           'opening', (SELECT coalesce(json_agg(${ruleColumns} ORDER BY ${ruleOrder}), '[]') FROM availability_rule r
                       WHERE r.organization_id = $1::uuid AND r.provider_id IS NULL AND r.site_id = s.id))
           ORDER BY s.created_at, s.id), '[]')
         FROM provider_site ps JOIN site s ON s.organization_id = ps.organization_id AND s.id = ps.site_id
         WHERE ps.organization_id = $1::uuid AND ps.provider_id = p.id AND s.archived_at IS NULL
           AND ($3::uuid[] IS NULL OR s.id = ANY ($3::uuid[]))),
       'exceptions', (SELECT coalesce(json_agg(${exceptionColumns} ORDER BY x.date, x.id), '[]') FROM availability_exception x
         WHERE x.organization_id = $1::uuid AND x.provider_id = p.id AND x.date >= coalesce($4::date, ${sinceDefault})
           AND (x.site_id IS NULL OR $3::uuid[] IS NULL OR x.site_id = ANY ($3::uuid[]))),
       'timeOff', (SELECT coalesce(json_agg(${timeOffColumns} ORDER BY o.starts_at, o.id), '[]') FROM time_off o
         WHERE o.organization_id = $1::uuid AND o.provider_id = p.id AND o.ends_at >= coalesce($4::date, ${sinceDefault}))
     ) AS view
     FROM provider p WHERE p.organization_id = $1::uuid AND p.id = $2::uuid AND p.archived_at IS NULL`,
    [tx.scope.organizationId, providerId, covered, since ?? null],
    "read_availability",
  );
  const view = rows[0]?.view;
  if (!view || (covered && view.sites.length === 0)) throw notFound("provider");
  return {
    providerId,
    canChange: mayChangeHours(actor, providerId),
    ...view,
  };
}

/** Opening hours, exceptions and closures of a site and its rooms. @throws AppError `not_found` */
export async function readOpeningHours(
  tx: TenantSql,
  actor: Actor,
  { siteId, since }: { siteId: string; since?: string | undefined },
): Promise<OpeningHoursView> {
  const rows = await tx.query<{ view: Omit<OpeningHoursView, "canChange"> }>(
    `SELECT json_build_object('siteId', s.id, 'name', s.name, 'timezone', s.timezone,
       'rules', (SELECT coalesce(json_agg(${ruleColumns} ORDER BY ${ruleOrder}), '[]') FROM availability_rule r
         WHERE r.organization_id = $1::uuid AND r.provider_id IS NULL AND r.site_id = s.id),
       'exceptions', (SELECT coalesce(json_agg(${exceptionColumns} ORDER BY x.date, x.id), '[]') FROM availability_exception x
         WHERE x.organization_id = $1::uuid AND x.provider_id IS NULL AND x.site_id = s.id AND x.date >= coalesce($4::date, ${sinceDefault})),
       'timeOff', (SELECT coalesce(json_agg(${timeOffColumns} ORDER BY o.starts_at, o.id), '[]') FROM time_off o
         LEFT JOIN room m ON m.organization_id = o.organization_id AND m.id = o.room_id
         WHERE o.organization_id = $1::uuid AND (o.site_id = s.id OR m.site_id = s.id) AND o.ends_at >= coalesce($4::date, ${sinceDefault}))
     ) AS view
     FROM site s WHERE s.organization_id = $1::uuid AND s.id = $2::uuid AND s.archived_at IS NULL
       AND ($3::uuid[] IS NULL OR s.id = ANY ($3::uuid[]))`,
    [tx.scope.organizationId, siteId, sitesOf(actor), since ?? null],
    "read_opening_hours",
  );
  const view = rows[0]?.view;
  if (!view) throw notFound("site");
  return { ...view, canChange: mayChangeHours(actor, null) };
}
