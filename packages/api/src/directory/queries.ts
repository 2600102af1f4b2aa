import type { TenantSql } from "@creneau/db/in-tenant";
import type { OrganizationView, ProviderView, RoomView, ServiceView, SiteView } from "./schema.ts";

/** Which rows to list; null does not restrict. */
export interface DirectoryFilter {
  siteIds?: string[] | null;
  ids?: string[] | null;
  includeArchived?: boolean;
  withProviders?: boolean | undefined;
  /** Words that a row must all hold, whatever their case and accents. */
  search?: string | undefined;
  /** Only what follows this row. */
  cursor?: string | null | undefined;
  limit?: number | undefined;
}

const parameters = (
  tx: TenantSql,
  { siteIds, ids, includeArchived, search, cursor, limit }: DirectoryFilter,
) => [
  tx.scope.organizationId,
  siteIds ?? null,
  ids ?? null,
  includeArchived ?? false,
  search?.split(/\s+/).filter(Boolean).slice(0, 8) ?? null,
  cursor ?? null,
  limit ?? null,
];

/** Whether a text holds every word of the search. */
const holdsSearch = (text: string) =>
  `($5::text[] IS NULL OR (SELECT bool_and(strpos(fold_text(${text}), fold_text(word)) > 0) FROM unnest($5::text[]) word) IS NOT FALSE)`;
/** Whether a row comes after the cursor's, in the order that `order` writes for a table's alias. */
const follows = (table: string, alias: string, order: (alias: string) => string) =>
  `($6::uuid IS NULL OR (${order(alias)}) > (SELECT ${order("c")} FROM ${table} c WHERE c.organization_id = $1::uuid AND c.id = $6::uuid))`;

/** The alphabet of people: Évry beside Etampes, not after Zürich. */
const siteOrder = (alias: string) => `fold_text(${alias}.name), ${alias}.name, ${alias}.id`;
const chosenOrder = (alias: string) => `${alias}.position, ${alias}.name, ${alias}.id`;

/** Sites in order of name. */
export async function listSites(tx: TenantSql, filter: DirectoryFilter): Promise<SiteView[]> {
  const rows = await tx.query<Omit<SiteView, "archivedAt"> & { archivedAt: Date | null }>(
    `SELECT s.id, s.name, s.slug, s.address, s.postal_code AS "postalCode", s.city, s.phone, s.latitude, s.longitude,
       s.timezone, s.daily_capacity AS "dailyCapacity", s.overbooking_percent AS "overbookingPercent",
       (SELECT count(*)::integer FROM room r
        WHERE r.organization_id = s.organization_id AND r.site_id = s.id AND r.archived_at IS NULL) AS "roomCount",
       (SELECT count(*)::integer FROM provider_site ps JOIN provider p ON p.organization_id = ps.organization_id AND p.id = ps.provider_id
        WHERE ps.organization_id = s.organization_id AND ps.site_id = s.id AND p.archived_at IS NULL) AS "providerCount",
       s.archived_at AS "archivedAt"
     FROM site s
     WHERE s.organization_id = $1::uuid AND ($2::uuid[] IS NULL OR s.id = ANY ($2::uuid[]))
       AND ($3::uuid[] IS NULL OR s.id = ANY ($3::uuid[])) AND ($4::boolean OR s.archived_at IS NULL)
       AND ${holdsSearch("concat_ws(' ', s.name, s.city, s.postal_code, s.address, s.slug)")}
       AND ${follows("site", "s", siteOrder)}
     ORDER BY ${siteOrder("s")} LIMIT $7::integer`,
    parameters(tx, filter),
    "list_sites",
  );
  return rows.map(withArchivedAt);
}

/** Rooms in order of name, of sites that are not archived. */
export async function listRooms(tx: TenantSql, filter: DirectoryFilter): Promise<RoomView[]> {
  const rows = await tx.query<Omit<RoomView, "archivedAt"> & { archivedAt: Date | null }>(
    `SELECT r.id, r.site_id AS "siteId", r.name, r.archived_at AS "archivedAt"
     FROM room r JOIN site s ON s.organization_id = r.organization_id AND s.id = r.site_id
     WHERE r.organization_id = $1::uuid AND ($2::uuid[] IS NULL OR r.site_id = ANY ($2::uuid[]))
       AND ($3::uuid[] IS NULL OR r.id = ANY ($3::uuid[])) AND ($4::boolean OR (r.archived_at IS NULL AND s.archived_at IS NULL))
       AND ${holdsSearch("concat_ws(' ', r.name, s.name)")}
       AND ($6::uuid IS NULL OR (s.name, r.name, r.id) > (SELECT t.name, c.name, c.id FROM room c
         JOIN site t ON t.organization_id = c.organization_id AND t.id = c.site_id WHERE c.organization_id = $1::uuid AND c.id = $6::uuid))
     ORDER BY s.name, r.name, r.id LIMIT $7::integer`,
    parameters(tx, filter),
    "list_rooms",
  );
  return rows.map(withArchivedAt);
}

type ProviderRow = Omit<ProviderView, "archivedAt" | "nextAvailableAt"> & {
  archivedAt: Date | null;
  nextAvailableAt: Date | null;
};

/** Name, title, skills and link of a provider, and the sites that may be told. */
const providerText = `concat_ws(' ', p.name, p.title, u.username, array_to_string(p.skills, ' '),
         (SELECT string_agg(concat_ws(' ', s.name, s.city), ' ') FROM provider_site ps
          JOIN site s ON s.organization_id = ps.organization_id AND s.id = ps.site_id
          WHERE ps.organization_id = p.organization_id AND ps.provider_id = p.id
            AND ($2::uuid[] IS NULL OR ps.site_id = ANY ($2::uuid[]))))`;

/** Providers in their chosen order. With `siteIds`: those who work at one of them, and only these sites are told. */
export async function listProviders(tx: TenantSql, filter: DirectoryFilter): Promise<ProviderView[]> {
  const rows = await tx.query<ProviderRow>(
    `SELECT p.id, p.user_id AS "userId", u.username, p.name, p.title, p.colour, p.weight, p.skills,
       p.daily_limit AS "dailyLimit", p.position, p.next_available_at AS "nextAvailableAt",
       array(SELECT ps.site_id FROM provider_site ps JOIN site s ON s.organization_id = ps.organization_id AND s.id = ps.site_id
             WHERE ps.organization_id = p.organization_id AND ps.provider_id = p.id AND s.archived_at IS NULL
               AND ($2::uuid[] IS NULL OR ps.site_id = ANY ($2::uuid[])) ORDER BY s.name, s.id) AS "siteIds",
       array(SELECT sp.service_id FROM service_provider sp JOIN service v ON v.organization_id = sp.organization_id AND v.id = sp.service_id
             WHERE sp.organization_id = p.organization_id AND sp.provider_id = p.id AND v.archived_at IS NULL
             ORDER BY v.position, v.name) AS "serviceIds",
       p.archived_at AS "archivedAt"
     FROM provider p LEFT JOIN "user" u ON u.id = p.user_id
     WHERE p.organization_id = $1::uuid AND ($3::uuid[] IS NULL OR p.id = ANY ($3::uuid[]))
       AND ($2::uuid[] IS NULL OR EXISTS (SELECT FROM provider_site ps
         WHERE ps.organization_id = p.organization_id AND ps.provider_id = p.id AND ps.site_id = ANY ($2::uuid[])))
       AND ($4::boolean OR p.archived_at IS NULL)
       AND ${holdsSearch(providerText)}
       AND ${follows("provider", "p", chosenOrder)}
     ORDER BY ${chosenOrder("p")} LIMIT $7::integer`,
    parameters(tx, filter),
    "list_providers",
  );
  return rows.map((row) => ({
    ...withArchivedAt(row),
    nextAvailableAt: row.nextAvailableAt?.toISOString() ?? null,
  }));
}

/** Services in their chosen order. With `siteIds`: those that a provider of one of them offers, and nobody else is told. */
export async function listServices(tx: TenantSql, filter: DirectoryFilter): Promise<ServiceView[]> {
  const rows = await tx.query<Omit<ServiceView, "archivedAt"> & { archivedAt: Date | null }>(
    `SELECT v.id, v.name, v.slug, v.description, v.duration_minutes AS "durationMinutes", v.price_cents AS "priceCents",
       v.currency, v.buffer_before AS "bufferBefore", v.buffer_after AS "bufferAfter",
       v.min_notice_minutes AS "minNoticeMinutes", v.horizon_days AS "horizonDays", v.location_kind::text AS "locationKind",
       v.required_skills AS "requiredSkills", v.needs_room AS "needsRoom", v.needs_approval AS "needsApproval",
       v.needs_payment AS "needsPayment", v.overrides, v.colour, v.position, v.is_public AS "isPublic",
       offered.providers AS "providerIds", v.archived_at AS "archivedAt"
     FROM service v
     CROSS JOIN LATERAL (SELECT CASE WHEN $8::boolean OR $2::uuid[] IS NOT NULL THEN array(
       SELECT sp.provider_id FROM service_provider sp JOIN provider p ON p.organization_id = sp.organization_id AND p.id = sp.provider_id
       WHERE sp.organization_id = v.organization_id AND sp.service_id = v.id AND p.archived_at IS NULL
         AND ($2::uuid[] IS NULL OR EXISTS (SELECT FROM provider_site ps
           WHERE ps.organization_id = p.organization_id AND ps.provider_id = p.id AND ps.site_id = ANY ($2::uuid[])))
       ORDER BY p.position, p.name) ELSE '{}'::uuid[] END AS providers) AS offered
     WHERE v.organization_id = $1::uuid AND ($2::uuid[] IS NULL OR cardinality(offered.providers) > 0)
       AND ($3::uuid[] IS NULL OR v.id = ANY ($3::uuid[])) AND ($4::boolean OR v.archived_at IS NULL)
       AND ${holdsSearch("concat_ws(' ', v.name, v.slug, v.description)")}
       AND ${follows("service", "v", chosenOrder)}
     ORDER BY ${chosenOrder("v")} LIMIT $7::integer`,
    [...parameters(tx, filter), filter.withProviders ?? true],
    "list_services",
  );
  return rows.map(withArchivedAt);
}

/** The organization with all its settings. */
export async function readOrganization(tx: TenantSql): Promise<OrganizationView> {
  const rows = await tx.query<OrganizationView>(
    `SELECT id, slug, name, preset::text AS preset, timezone, locale, accent, phone, slot_minutes AS "slotMinutes",
       hold_minutes AS "holdMinutes", undo_seconds AS "undoSeconds", cancel_cutoff_minutes AS "cancelCutoffMinutes",
       calendar_policy AS "calendarPolicy"
     FROM organization WHERE id = $1::uuid`,
    [tx.scope.organizationId],
    "read_organization",
  );
  const organization = rows[0];
  if (!organization) throw new Error("The scope's organization does not exist");
  return organization;
}

function withArchivedAt<Row extends { archivedAt: Date | null }>(row: Row) {
  return { ...row, archivedAt: row.archivedAt?.toISOString() ?? null };
}
