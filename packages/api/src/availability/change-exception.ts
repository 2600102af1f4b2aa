import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { type Actor, coversSite, sitesOf } from "../actor.ts";
import type { AppointmentView } from "../appointments/schema.ts";
import { AppError, notFound } from "../errors.ts";

import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { appointmentsOutside } from "./colliding-appointments.ts";
import { availabilityChange } from "./events.ts";
import { loadTarget } from "./load-target.ts";
import type { addExceptionInput, ExceptionView } from "./schema.ts";

/**
 * Makes one or several dates an exception: its windows replace the weekly ones, none close the day. What the same
 * target had on these dates is replaced, and so are the exceptions in `replacesIds`. Appointments that the windows no
 * longer hold stay, and are answered (at most 200). Errors: `invalid_input`, `forbidden`, `not_found`.
 */
export function addException(
  work: TenantWork,
  {
    providerId,
    siteId,
    date,
    until = date,
    windows,
    reason,
    replacesIds,
  }: z.output<typeof addExceptionInput>,
): Promise<{ items: ExceptionView[]; collisions: AppointmentView[] }> {
  const sorted = windows.toSorted((a, b) => a.startMinute - b.startMinute);
  const overlap = sorted.find((window, index) => window.startMinute < (sorted[index - 1]?.endMinute ?? 0));
  if (overlap)
    throw new AppError("invalid_input", "Two windows of the same day overlap", {
      field: "windows",
      windows: [overlap],
    });
  return inTenantSql(work.database, work.scope, async (tx) => {
    await requireTarget(tx, work.actor, { providerId, siteId });
    if (replacesIds.length > 0) await deleteExceptions(tx, work, replacesIds);
    const where = [tx.scope.organizationId, providerId ?? null, siteId ?? null, date, until];
    await tx.query(
      `DELETE FROM availability_exception WHERE organization_id = $1::uuid AND provider_id IS NOT DISTINCT FROM $2::uuid
         AND site_id IS NOT DISTINCT FROM $3::uuid AND date BETWEEN $4::date AND $5::date`,
      where,
    );
    const items = await tx.query<ExceptionView>(
      `INSERT INTO availability_exception (organization_id, id, provider_id, site_id, date, windows, reason, updated_at)
       SELECT $1::uuid, uuid_v7(), $2::uuid, $3::uuid, $4::date + day, $6::jsonb, $7::text, now()
       FROM generate_series(0, $5::date - $4::date) AS day
       RETURNING id, site_id AS "siteId", provider_id AS "providerId", date, windows, reason`,
      [...where, JSON.stringify(sorted), reason || null],
    );
    const dates = { date, until, windows: sorted };
    const collisions = await appointmentsOutside(tx, sitesOf(work.actor), { providerId, siteId, ...dates });
    await recordChange(tx, work, availabilityChange({ providerId, siteId, diff: { exception: dates } }));
    return { items: items.toSorted((a, b) => (a.date < b.date ? -1 : 1)), collisions };
  });
}

/** Gives the dates their weekly windows back, all or none. Errors: `forbidden`, `not_found`. */
export function removeExceptions(work: TenantWork, { ids }: { ids: string[] }): Promise<void> {
  return inTenantSql(work.database, work.scope, (tx) => deleteExceptions(tx, work, ids));
}

interface GoneException {
  providerId: string | null;
  siteId: string | null;
  dates: string[];
}

async function deleteExceptions(tx: TenantSql, work: TenantWork, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const targets = await tx.query<GoneException>(
    `WITH gone AS (DELETE FROM availability_exception WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[])
       RETURNING provider_id, site_id, date)
     SELECT provider_id AS "providerId", site_id AS "siteId", json_agg(date ORDER BY date) AS dates
     FROM gone GROUP BY provider_id, site_id`,
    [tx.scope.organizationId, wanted],
  );
  const count = targets.reduce((sum, { dates }) => sum + dates.length, 0);
  if (count < wanted.length) throw notFound("exception");
  for (const { providerId, siteId, dates } of targets) {
    await requireTarget(tx, work.actor, { providerId, siteId });
    await recordChange(
      tx,
      work,
      availabilityChange({ providerId, siteId, diff: { exceptionsRemoved: { dates } } }),
    );
  }
}

/** Without a site an exception rules the provider everywhere: it is for who covers every one of these sites. */
async function requireTarget(
  tx: TenantSql,
  actor: Actor,
  ids: { providerId?: string | null | undefined; siteId?: string | null | undefined },
): Promise<void> {
  const target = await loadTarget(tx, actor, ids);
  if (!ids.siteId && !target.siteIds.every((id) => coversSite(actor, id))) {
    throw new AppError("forbidden", "This concerns sites that you do not cover");
  }
}
