import type { TenantSql } from "@creneau/db/in-tenant";
import { foldReference } from "@creneau/domain/text/fold-text";
import type { z } from "zod";
import type { listSubjectsInput, SubjectView } from "./clients-schema.ts";
import { formatNameCursor, parseNameCursor } from "./name-cursor.ts";
import { clientIdsAt } from "./search-terms.ts";

type SubjectFilter = z.output<typeof listSubjectsInput> & {
  ids?: string[];
  /** Those of whoever asks, null for all: of subjects beyond them nothing is told, nor whose one is who is not known there. */
  siteIds: readonly string[] | null;
};
type SubjectRow = Omit<SubjectView, "archivedAt"> & { archivedAt: Date | null };

/** A whole list of a seat limited to sites begins with what is theirs, instead of asking of each subject there is. */
const isOfSites = `(j.client_id IN (${clientIdsAt("$10")}) OR j.id IN (SELECT a.subject_id FROM appointment a
         WHERE a.organization_id = $1::uuid AND a.site_id = ANY ($10::uuid[]) AND a.subject_id IS NOT NULL))`;

/** Subjects in order of reference, page by page; with a search, those whose reference begins with it, however it is written. */
export async function listSubjects(
  tx: TenantSql,
  { kind, clientId, search, includeArchived, cursor, limit, ids, siteIds }: SubjectFilter,
): Promise<{ items: SubjectView[]; nextCursor: string | null }> {
  const after = cursor ? parseNameCursor(cursor) : null;
  const key = search ? foldReference(search) : null;
  const rows = await tx.query<SubjectRow>(
    `SELECT j.id, j.kind::text AS kind, j.reference, j.label, c.id AS "clientId", c.name AS "clientName",
       j.attributes, j.archived_at AS "archivedAt"
     FROM subject j LEFT JOIN client c ON c.organization_id = j.organization_id AND c.id = j.client_id AND client_in_reach(c, $10::uuid[])
     WHERE j.organization_id = $1::uuid AND ($2::subject_kind IS NULL OR j.kind = $2::subject_kind)
       AND ($3::uuid IS NULL OR j.client_id = $3::uuid) AND ($4::boolean OR j.archived_at IS NULL)
       AND ($5::text IS NULL OR starts_with(j.search_key, $5::text))
       AND ($6::text IS NULL OR (j.reference, j.id) > ($6::text, $7::uuid)) AND ($8::uuid[] IS NULL OR j.id = ANY ($8::uuid[]))
       ${siteIds && !key && !clientId && !ids ? `AND ${isOfSites}` : ""} AND subject_in_reach(j, $10::uuid[])
     ORDER BY j.reference, j.id LIMIT $9::integer`,
    [
      tx.scope.organizationId,
      kind ?? null,
      clientId ?? null,
      includeArchived,
      key,
      after?.name ?? null,
      after?.id ?? null,
      ids ?? null,
      limit + 1,
      siteIds,
    ],
  );
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, archivedAt: row.archivedAt?.toISOString() ?? null }));
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? formatNameCursor({ name: last.reference, id: last.id }) : null,
  };
}
