import type { TenantSql } from "@creneau/db/in-tenant";
import {
  type AppointmentRow,
  appointmentSelect,
  toAppointmentView,
} from "../appointments/appointment-row.ts";
import type { AppointmentView } from "../appointments/schema.ts";
import type { TargetIds } from "./load-target.ts";

/** Beyond this many the screen only needs to know that there are many. */
const limit = 200;
const isLive = "a.status IN ('pending', 'confirmed', 'in_progress')";

/** Live appointments that an absence touches, at the sites covered (null: all), in order, at most 200. */
export async function appointmentsDuring(
  tx: TenantSql,
  siteIds: readonly string[] | null,
  { startsAt, endsAt, ...target }: TargetIds & { startsAt: Date; endsAt: Date },
): Promise<AppointmentView[]> {
  const column = target.providerId ? "provider_id" : target.roomId ? "room_id" : "site_id";
  const rows = await tx.query<AppointmentRow>(
    `${appointmentSelect} WHERE a.organization_id = $1::uuid AND a.${column} = $2::uuid
       AND a.starts_at < $4::timestamptz AND a.starts_at > $3::timestamptz - interval '48 hours' AND a.ends_at > $3::timestamptz
       AND ${isLive} AND ($5::uuid[] IS NULL OR a.site_id = ANY ($5::uuid[]))
     ORDER BY a.starts_at, a.id LIMIT ${limit}`,
    [tx.scope.organizationId, target.providerId ?? target.roomId ?? target.siteId, startsAt, endsAt, siteIds],
  );
  return rows.map(toAppointmentView);
}

/** Local dates of a site, both included, on which only these windows count. */
interface ExceptionDates {
  date: string;
  until: string;
  windows: { startMinute: number; endMinute: number }[];
}

/**
 * Live appointments of the target on these dates that no window holds whole, by the wall clock of their site; at the
 * sites covered (null: all), in order, at most 200.
 */
export async function appointmentsOutside(
  tx: TenantSql,
  coveredSiteIds: readonly string[] | null,
  { providerId, siteId, date, until, windows }: TargetIds & ExceptionDates,
): Promise<AppointmentView[]> {
  const rows = await tx.query<AppointmentRow>(
    `${appointmentSelect}
     JOIN site t ON t.organization_id = a.organization_id AND t.id = a.site_id
     CROSS JOIN LATERAL (SELECT a.starts_at AT TIME ZONE t.timezone AS starts, a.ends_at AT TIME ZONE t.timezone AS ends) wall
     CROSS JOIN LATERAL (SELECT extract(epoch FROM wall.starts - date_trunc('day', wall.starts)) / 60 AS start_minute,
       extract(epoch FROM wall.ends - date_trunc('day', wall.starts)) / 60 AS end_minute) shown
     WHERE a.organization_id = $1::uuid AND ($2::uuid IS NULL OR a.provider_id = $2::uuid)
       AND ($3::uuid IS NULL OR a.site_id = $3::uuid) AND ($7::uuid[] IS NULL OR a.site_id = ANY ($7::uuid[]))
       AND a.starts_at > $4::date - 1 AND a.starts_at < $5::date + 2
       AND wall.starts >= $4::date AND wall.starts < $5::date + 1 AND ${isLive}
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset($6::jsonb) AS w("startMinute" int, "endMinute" int)
         WHERE w."startMinute" <= shown.start_minute AND shown.end_minute <= w."endMinute")
     ORDER BY a.starts_at, a.id LIMIT ${limit}`,
    [
      tx.scope.organizationId,
      providerId ?? null,
      siteId ?? null,
      date,
      until,
      JSON.stringify(windows),
      coveredSiteIds,
    ],
  );
  return rows.map(toAppointmentView);
}

/** Weekly windows, by the wall clock of a site. */
interface WeeklyWindow {
  isoWeekday: number;
  startMinute: number;
  endMinute: number;
  validFrom: string | null;
  validTo: string | null;
}

/**
 * Live appointments to come of a provider at a site, or of the site, that weekly windows held `before` and hold no longer
 * `after`, by the wall clock of the site; in order, at most 200. Dates that an exception of the same target decides are
 * left to it.
 */
export async function appointmentsStranded(
  tx: TenantSql,
  {
    providerId,
    siteId,
    before,
    after,
    now,
  }: {
    providerId: string | null;
    siteId: string;
    before: readonly WeeklyWindow[];
    after: readonly WeeklyWindow[];
    now: Date;
  },
): Promise<AppointmentView[]> {
  // Windows that touch are one: what spans both is held.
  const holds = (parameter: string) => `coalesce((
       SELECT range_agg(int4range(w."startMinute", w."endMinute"))
       FROM jsonb_to_recordset(${parameter}::jsonb) AS w("isoWeekday" int, "startMinute" int, "endMinute" int, "validFrom" date, "validTo" date)
       WHERE w."isoWeekday" = extract(isodow FROM wall.starts) AND (w."validFrom" IS NULL OR w."validFrom" <= wall.starts::date)
         AND (w."validTo" IS NULL OR w."validTo" >= wall.starts::date)) @> int4range(shown.start_minute, shown.end_minute), false)`;
  const rows = await tx.query<AppointmentRow>(
    `${appointmentSelect}
     JOIN site t ON t.organization_id = a.organization_id AND t.id = a.site_id
     CROSS JOIN LATERAL (SELECT a.starts_at AT TIME ZONE t.timezone AS starts, a.ends_at AT TIME ZONE t.timezone AS ends) wall
     CROSS JOIN LATERAL (SELECT (extract(epoch FROM wall.starts - date_trunc('day', wall.starts)) / 60)::int AS start_minute,
       greatest((extract(epoch FROM wall.ends - date_trunc('day', wall.starts)) / 60)::int,
         (extract(epoch FROM wall.starts - date_trunc('day', wall.starts)) / 60)::int + 1) AS end_minute) shown
     WHERE a.organization_id = $1::uuid AND a.site_id = $3::uuid AND ($2::uuid IS NULL OR a.provider_id = $2::uuid)
       AND a.starts_at > $4::timestamptz AND ${isLive} AND ${holds("$5")} AND NOT ${holds("$6")}
       AND NOT EXISTS (SELECT FROM availability_exception x WHERE x.organization_id = a.organization_id AND x.date = wall.starts::date
         AND x.provider_id IS NOT DISTINCT FROM $2::uuid AND (x.site_id IS NULL OR x.site_id = a.site_id))
     ORDER BY a.starts_at, a.id LIMIT ${limit}`,
    [tx.scope.organizationId, providerId, siteId, now, JSON.stringify(before), JSON.stringify(after)],
  );
  return rows.map(toAppointmentView);
}
