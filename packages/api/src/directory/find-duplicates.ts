import type { TenantSql } from "@creneau/db/in-tenant";
import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { DuplicateView } from "./clients-schema.ts";
import { findClient } from "./read-client.ts";
import { searchTerms } from "./search-terms.ts";

/** Enough to merge at once; whoever has more doubles finds the rest after the first merge. */
const most = 10;

type Candidate = ClientRow & { sameEmail: boolean; samePhone: boolean; sameName: boolean };

/**
 * Other records that may be the same person: the same e-mail or phone, or the same name with no e-mail or phone that
 * contradicts it. @throws AppError `not_found`
 */
export async function findDuplicates(tx: TenantSql, { id }: { id: string }): Promise<DuplicateView[]> {
  const client = await findClient(tx, id);
  const rows = await tx.query<Candidate>(
    `SELECT ${clientColumns}, c.email IS NOT NULL AND c.email = $3 AS "sameEmail",
       c.phone IS NOT NULL AND c.phone = $4 AS "samePhone", fold_text(c.name) = fold_text($5) AS "sameName"
     FROM (SELECT * FROM client WHERE organization_id = $1::uuid AND archived_at IS NULL AND (email = $3 OR phone = $4)
           UNION SELECT * FROM search_clients($6::text[], 50)) AS c
     WHERE c.organization_id = $1::uuid AND c.id <> $2::uuid AND (c.email = $3 OR c.phone = $4 OR (
       fold_text(c.name) = fold_text($5)
       AND coalesce(c.email = $3, true) AND coalesce(c.phone = $4, true)))
     ORDER BY c.created_at, c.id LIMIT ${most}`,
    [tx.scope.organizationId, id, client.email, client.phone, client.name, searchTerms(client.name).words],
    "duplicates_of_client",
  );
  return rows.map(({ sameEmail, samePhone, sameName, ...row }) => ({
    ...toClientView(row),
    because: [
      ...(samePhone ? (["phone"] as const) : []),
      ...(sameEmail ? (["email"] as const) : []),
      ...(sameName ? (["name"] as const) : []),
    ],
  }));
}
