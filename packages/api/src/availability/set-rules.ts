import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { overlappingRules } from "@creneau/domain/availability/overlapping-rules";
import { AppError } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { availabilityChange } from "./events.ts";
import { loadTarget } from "./load-target.ts";
import type { Rule } from "./schema.ts";

/**
 * Replaces the weekly windows of a provider at a site, or the site's opening hours when no provider is given, all at
 * once. `basedOn` are the ids of the rules that the editor started from: when these are no longer the stored ones,
 * somebody else has saved in between. Errors: `invalid_input` naming the windows that overlap, `version_conflict`,
 * `forbidden`, `not_found`.
 */
export function setRules(
  work: TenantWork,
  { providerId = null, siteId, rules, basedOn }: RulesChange,
): Promise<void> {
  const [overlap] = overlappingRules(rules);
  if (overlap)
    throw new AppError("invalid_input", "Two windows of the same day overlap", {
      field: "rules",
      windows: overlap.map((index) => rules[index]),
    });
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadTarget(tx, work.actor, { providerId, siteId });
    // One editor at a time, so that the rules compared are the rules replaced.
    await tx.query("SELECT id FROM site WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE", [
      tx.scope.organizationId,
      siteId,
    ]);
    if (basedOn) await requireUnchanged(tx, { providerId, siteId, basedOn });
    await replaceRules(tx, { providerId, siteId, rules });
    await recordChange(tx, work, availabilityChange({ providerId, siteId, diff: { rules } }));
  });
}

interface RulesChange {
  providerId?: string | null;
  siteId: string;
  rules: Rule[];
  basedOn?: string[] | undefined;
}

/** Every save gives the rules new ids, so the set of ids is their version. */
async function requireUnchanged(
  tx: TenantSql,
  { providerId, siteId, basedOn }: { providerId: string | null; siteId: string; basedOn: string[] },
): Promise<void> {
  const stored = await tx.query<{ id: string }>(
    "SELECT id FROM availability_rule WHERE organization_id = $1::uuid AND site_id = $2::uuid AND provider_id IS NOT DISTINCT FROM $3::uuid",
    [tx.scope.organizationId, siteId, providerId],
  );
  const known = new Set(basedOn);
  if (stored.length !== known.size || stored.some(({ id }) => !known.has(id))) {
    throw new AppError("version_conflict", "Somebody else has changed these hours");
  }
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
