import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { AppError } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { loadTarget } from "./load-target.ts";
import { overlappingWindows } from "./overlapping-windows.ts";
import { recordAvailabilityChange } from "./record-availability-change.ts";
import type { Rule } from "./schema.ts";

/**
 * Replaces the weekly windows of a provider at a site, or the site's opening hours when no provider is given, all at
 * once. Errors: `invalid_input` naming the windows that overlap, `forbidden`, `not_found`.
 */
export function setRules(
  ctx: TenantContext,
  { providerId = null, siteId, rules }: { providerId?: string | null; siteId: string; rules: Rule[] },
): Promise<void> {
  const overlap = overlappingWindows(rules);
  if (overlap)
    throw new AppError("invalid_input", "Two windows of the same day overlap", {
      field: "rules",
      windows: overlap,
    });
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    await loadTarget(tx, ctx.member, { providerId, siteId });
    // Two editors at once: the second replaces the whole of what the first wrote.
    await tx.query("SELECT id FROM site WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE", [
      tx.scope.organizationId,
      siteId,
    ]);
    await replaceRules(tx, { providerId, siteId, rules });
    await recordAvailabilityChange(tx, ctx, { providerId, siteId, diff: { rules } });
  });
}

async function replaceRules(
  tx: TenantSql,
  { providerId, siteId, rules }: { providerId: string | null; siteId: string; rules: Rule[] },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query(
    "DELETE FROM availability_rule WHERE organization_id = $1::uuid AND site_id = $2::uuid AND provider_id IS NOT DISTINCT FROM $3::uuid",
    [organizationId, siteId, providerId],
  );
  await tx.query(
    `INSERT INTO availability_rule (organization_id, id, site_id, provider_id, iso_weekday, start_minute, end_minute, valid_from, valid_to, updated_at)
     SELECT $1::uuid, uuid_v7(), $2::uuid, $3::uuid, r."isoWeekday", r."startMinute", r."endMinute", r."validFrom", r."validTo", now()
     FROM jsonb_to_recordset($4::jsonb) AS r("isoWeekday" smallint, "startMinute" smallint, "endMinute" smallint, "validFrom" date, "validTo" date)`,
    [organizationId, siteId, providerId, JSON.stringify(rules)],
  );
}
