import type { TenantSql } from "@creneau/db/in-tenant";
import { foldText } from "@creneau/domain/text/fold-text";
import type { z } from "zod";
import { centroidOf } from "./centroids.ts";
import type { SearchOrigin, searchInput } from "./schema.ts";

type Wanted = Pick<z.output<typeof searchInput>, "lat" | "lon" | "postalCode" | "place">;

/**
 * A point as given; else where the organization's own sites of that town, name or postal code are; for a postal code
 * where it has none, those that share its delivery office (the first three digits), else the middle of the department.
 * Null: nowhere.
 */
export async function searchOrigin(tx: TenantSql, wanted: Wanted): Promise<SearchOrigin | null> {
  const { lat, lon, postalCode, place } = wanted;
  if (lat !== undefined && lon !== undefined) return { lat, lon, label: null, isApproximate: false };
  if (postalCode !== undefined) return originOfCode(tx, postalCode);
  return place === undefined ? null : originOfPlace(tx, place);
}

async function originOfCode(tx: TenantSql, code: string): Promise<SearchOrigin | null> {
  const [own] = await tx.query<{ lat: number; lon: number; is_exact: boolean }>(
    `SELECT avg(latitude) AS lat, avg(longitude) AS lon, postal_code = $2 AS is_exact FROM site
     WHERE organization_id = $1::uuid AND postal_code LIKE left($2, 3) || '%' AND archived_at IS NULL
       AND latitude IS NOT NULL AND longitude IS NOT NULL
     GROUP BY 3 ORDER BY 3 DESC LIMIT 1`,
    [tx.scope.organizationId, code],
    "origin_of_code",
  );
  if (own) return { lat: own.lat, lon: own.lon, label: null, isApproximate: !own.is_exact };
  const centroid = centroidOf(code);
  return centroid && { ...centroid, label: null, isApproximate: true };
}

/** The town whose name begins so (the whole name first), else the one town of the sites whose own name has these letters. */
async function originOfPlace(tx: TenantSql, place: string): Promise<SearchOrigin | null> {
  const [found] = await tx.query<{ lat: number; lon: number; label: string; towns: number }>(
    `WITH wanted AS (SELECT replace(replace(replace(fold_text($2), '\\', '\\\\'), '%', '\\%'), '_', '\\_') AS pattern),
     placed AS (
       SELECT s.name, s.latitude, s.longitude, fold_text(coalesce(s.city, '')) AS town, s.city,
         CASE WHEN fold_text(coalesce(s.city, '')) = fold_text($2) THEN 1
              WHEN fold_text(coalesce(s.city, '')) LIKE w.pattern || '%' THEN 2
              WHEN fold_text(s.name) LIKE '%' || w.pattern || '%' THEN 3 END AS rank
       FROM site s, wanted w
       WHERE s.organization_id = $1::uuid AND s.archived_at IS NULL AND s.latitude IS NOT NULL AND s.longitude IS NOT NULL
     )
     SELECT avg(latitude) AS lat, avg(longitude) AS lon, coalesce(min(city), min(name)) AS label,
       count(*) OVER (PARTITION BY rank)::integer AS towns
     FROM placed WHERE rank IS NOT NULL GROUP BY rank, town ORDER BY rank, count(*) DESC, town LIMIT 1`,
    [tx.scope.organizationId, place],
    "origin_of_place",
  );
  // A word that is in the names of places all over the country ("Centre") is no place.
  if (!found || (found.towns > 1 && !foldText(found.label).startsWith(foldText(place)))) return null;
  return { lat: found.lat, lon: found.lon, label: found.label, isApproximate: false };
}
