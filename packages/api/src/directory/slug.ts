import type { TenantSql } from "@creneau/db/in-tenant";
import { foldText } from "@creneau/domain/text/fold-text";

/** A name as part of an address: lower case, without accents, words joined by dashes. @example "Salle n° 2" → "salle-n-2" */
export function slugOf(name: string, fallback: string): string {
  const slug = foldText(name.replace(/['’]/g, " "))
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  return slug || fallback;
}

/** A slug that no other row of the table has: the name's, numbered when it is taken. */
export async function freeSlug(tx: TenantSql, table: "site" | "service", name: string): Promise<string> {
  const base = slugOf(name, table);
  const rows = await tx.query<{ slug: string }>(
    `SELECT slug FROM ${table} WHERE organization_id = $1::uuid AND (slug = $2 OR left(slug, length($2) + 1) = $2 || '-')`,
    [tx.scope.organizationId, base],
  );
  const taken = new Set(rows.map(({ slug }) => slug));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
