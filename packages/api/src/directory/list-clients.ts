import type { TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { ClientView, listClientsInput } from "./clients-schema.ts";
import { formatNameCursor, parseNameCursor } from "./name-cursor.ts";
import { clientIdsAt, clientIdsOfReference, searchTerms } from "./search-terms.ts";

/**
 * Clients in order of name, page by page; with a search, those it matches by name, contact, or a subject's reference.
 * With `siteIds` those known there; only a search finds, for a seat limited to sites, who is known nowhere yet.
 */
export async function listClients(
  tx: TenantSql,
  {
    search,
    includeArchived,
    cursor,
    limit,
    siteIds,
  }: z.output<typeof listClientsInput> & { siteIds: readonly string[] | null },
): Promise<{ items: ClientView[]; nextCursor: string | null }> {
  const after = cursor ? parseNameCursor(cursor) : null;
  const terms = search && search.length >= 2 ? searchTerms(search) : null;
  // The function reads the trigram index past row-level security's caution, and leaves archived clients out.
  const source = terms
    ? `(SELECT * FROM search_clients($7::text[], 10000) UNION SELECT * FROM client WHERE organization_id = $1::uuid
        AND archived_at IS NULL AND id IN (${clientIdsOfReference("$8")})) AS c`
    : siteIds
      ? `(SELECT * FROM client WHERE organization_id = $1::uuid AND coalesce(merged_into_id, id) IN (${clientIdsAt("$6")})) AS c`
      : "client c";
  const rows = await tx.query<ClientRow>(
    `SELECT ${clientColumns} FROM ${source}
     WHERE c.organization_id = $1::uuid AND ($2::boolean OR c.archived_at IS NULL)
       AND ($3::text IS NULL OR (c.name, c.id) > ($3::text, $4::uuid)) AND client_in_reach(c, $6::uuid[])
     ORDER BY c.name, c.id LIMIT $5::integer`,
    [
      tx.scope.organizationId,
      includeArchived,
      after?.name ?? null,
      after?.id ?? null,
      limit + 1,
      siteIds,
      ...(terms ? [terms.words, terms.reference] : []),
    ],
  );
  const items = rows.slice(0, limit).map(toClientView);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? formatNameCursor(last) : null };
}
