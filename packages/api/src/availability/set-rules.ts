import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { overlappingRules } from "@creneau/domain/availability/overlapping-rules";
import type { AppointmentView } from "../appointments/schema.ts";
import { AppError } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { appointmentsStranded } from "./colliding-appointments.ts";
import { availabilityChange } from "./events.ts";
import { loadTarget } from "./load-target.ts";
import type { Rule } from "./schema.ts";

/**
 * Replaces the weekly windows of a provider at a site, or the site's opening hours when no provider is given, all at
 * once. `basedOn` are the ids of the rules that the editor started from: when these are no longer the stored ones,
 * somebody else has saved in between. Appointments to come that these hours held and hold no longer stay, and are
 * answered (at most 200). Errors: `invalid_input` naming the windows that overlap, `version_conflict`,
 * `forbidden`, `not_found`.
 */
export function setRules(
  work: TenantWork,
  { providerId = null, siteId, rules, basedOn }: RulesChange,
): Promise<AppointmentView[]> {
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
    const before = await storedRules(tx, { providerId, siteId });
    await replaceRules(tx, { providerId, siteId, rules });
    await recordChange(tx, work, availabilityChange({ providerId, siteId, diff: { rules } }));
    // A site without hours of its own is open whenever somebody works there.
    const hours = (week: Rule[]) => (providerId === null && week.length === 0 ? wholeWeek : week);
    const change = { before: hours(before), after: hours(rules), now: new Date(work.now) };
    return appointmentsStranded(tx, { providerId, siteId, ...change });
  });
}

const wholeWeek: Rule[] = [1, 2, 3, 4, 5, 6, 7].map((isoWeekday) => ({
  isoWeekday,
  startMinute: 0,
  endMinute: 1440,
  validFrom: null,
  validTo: null,
}));

interface RulesChange {
  providerId?: string | null;
  siteId: string;
  rules: Rule[];
  basedOn?: string[] | undefined;
}

function storedRules(
  tx: TenantSql,
  { providerId, siteId }: { providerId: string | null; siteId: string },
): Promise<Rule[]> {
  return tx.query<Rule>(
    `SELECT iso_weekday AS "isoWeekday", start_minute AS "startMinute", end_minute AS "endMinute", valid_from AS "validFrom", valid_to AS "validTo"
     FROM availability_rule WHERE organization_id = $1::uuid AND site_id = $2::uuid AND provider_id IS NOT DISTINCT FROM $3::uuid`,
    [tx.scope.organizationId, siteId, providerId],
  );
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
