import type { TenantSql } from "@creneau/db/in-tenant";
import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { DuplicateView } from "./clients-schema.ts";
import { findClient } from "./read-client.ts";
import { searchTerms } from "./search-terms.ts";

/** Enough to merge at once; whoever has more doubles finds the rest after the first merge. */
const most = 10;

type Candidate = ClientRow & { sameEmail: boolean; samePhone: boolean; sameName: boolean };

/** Whether a list holds what `client c` has of this kind, in its own row or among its aliases. */
const isKnownBy = (kind: "email" | "phone", list: string) =>
  `(c.${kind} = ANY (${list}) OR EXISTS (SELECT FROM client_alias k
     WHERE k.organization_id = c.organization_id AND k.client_id = c.id AND k.kind = '${kind}' AND k.value = ANY (${list})))`;

/**
 * Other records that may be the same person: an e-mail or phone in common, or the same name with no e-mail or phone that
 * contradicts it, as far as whoever asks may know of them. @throws AppError `not_found`
 */
export async function findDuplicates(
  tx: TenantSql,
  { id, siteIds }: { id: string; siteIds: readonly string[] | null },
): Promise<DuplicateView[]> {
  const client = await findClient(tx, id, siteIds);
  const all = (kind: "email" | "phone") =>
    [client[kind], ...client.aliases.filter((alias) => alias.kind === kind).map(({ value }) => value)].filter(
      (value) => value !== null,
    );
  const [emails, phones] = [all("email"), all("phone")];
  const rows = await tx.query<Candidate>(
    `WITH found AS (
       SELECT id FROM client WHERE organization_id = $1::uuid AND archived_at IS NULL AND (email = ANY ($3::text[]) OR phone = ANY ($4::text[]))
       UNION SELECT client_id FROM client_alias WHERE organization_id = $1::uuid
         AND (kind, value) IN (SELECT 'email'::client_alias_kind, unnest($3::text[]) UNION ALL SELECT 'phone', unnest($4::text[]))
       UNION SELECT id FROM search_clients($6::text[], 50)
     ), weighed AS (
       SELECT c.*, ${isKnownBy("email", "$3::text[]")} IS TRUE AS "sameEmail", ${isKnownBy("phone", "$4::text[]")} IS TRUE AS "samePhone",
         fold_text(c.name) = fold_text($5) AS "sameName"
       FROM client c WHERE c.organization_id = $1::uuid AND c.id IN (SELECT id FROM found) AND c.id <> $2::uuid AND c.archived_at IS NULL
         AND client_in_reach(c, $7::uuid[])
     )
     SELECT ${clientColumns}, c."sameEmail", c."samePhone", c."sameName" FROM weighed c
     WHERE c."sameEmail" OR c."samePhone"
       OR (c."sameName" AND (c.email IS NULL OR cardinality($3::text[]) = 0) AND (c.phone IS NULL OR cardinality($4::text[]) = 0))
     ORDER BY c.created_at, c.id LIMIT ${most}`,
    [tx.scope.organizationId, id, emails, phones, client.name, searchTerms(client.name).words, siteIds],
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
