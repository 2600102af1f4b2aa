import { inTenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { loadTarget } from "./load-target.ts";
import { recordAvailabilityChange } from "./record-availability-change.ts";
import type { addExceptionInput, ExceptionView } from "./schema.ts";

/**
 * Makes one or several dates an exception: its windows replace the weekly ones, none close the day. What the same
 * target had on these dates is replaced. Errors: `invalid_input`, `forbidden`, `not_found`.
 */
export function addException(
  ctx: TenantContext,
  { providerId, siteId, date, until = date, windows, reason }: z.output<typeof addExceptionInput>,
): Promise<{ items: ExceptionView[] }> {
  const sorted = windows.toSorted((a, b) => a.startMinute - b.startMinute);
  const overlap = sorted.find((window, index) => window.startMinute < (sorted[index - 1]?.endMinute ?? 0));
  if (overlap)
    throw new AppError("invalid_input", "Two windows of the same day overlap", {
      field: "windows",
      windows: [overlap],
    });
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const target = await loadTarget(tx, ctx.member, { providerId, siteId });
    // Without a site it closes the provider everywhere: for who covers every one of these sites.
    if (
      !siteId &&
      ctx.member.siteIds.length > 0 &&
      !target.siteIds.every((id) => ctx.member.siteIds.includes(id))
    ) {
      throw new AppError("forbidden", "This concerns sites that you do not cover");
    }
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
    await recordAvailabilityChange(tx, ctx, {
      providerId,
      siteId,
      diff: { exception: { date, until, windows: sorted } },
    });
    return { items: items.toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
  });
}

/** Gives the date its weekly windows back. Errors: `forbidden`, `not_found`. */
export function removeException(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const rows = await tx.query<{ providerId: string | null; siteId: string | null; date: string }>(
      `DELETE FROM availability_exception WHERE organization_id = $1::uuid AND id = $2::uuid
       RETURNING provider_id AS "providerId", site_id AS "siteId", date`,
      [tx.scope.organizationId, id],
    );
    const gone = rows[0];
    if (!gone) throw notFound("exception");
    await loadTarget(tx, ctx.member, gone);
    await recordAvailabilityChange(tx, ctx, { ...gone, diff: { exceptionRemoved: { date: gone.date } } });
  });
}
