import type { TenantSql } from "@creneau/db/in-tenant";
import type { CountryCode } from "libphonenumber-js/max";
import { readPhone } from "../phones/read-phone.ts";
import type { ClientView } from "./clients-schema.ts";

/**
 * Makes these all that a client is also known by. Those that stay keep where they came from. Errors: `invalid_input` for
 * a number nobody could call.
 */
export async function setAliases(
  tx: TenantSql,
  { clientId, aliases, region }: { clientId: string; aliases: ClientView["aliases"]; region: CountryCode },
): Promise<void> {
  const wanted = aliases.map(({ kind, value }) => ({
    kind,
    value: kind === "phone" ? readPhone(value, { region, field: "aliases" }) : value,
  }));
  await tx.query(
    `DELETE FROM client_alias k WHERE k.organization_id = $1::uuid AND k.client_id = $2::uuid AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($3::jsonb) AS w(kind client_alias_kind, value text) WHERE w.kind = k.kind AND w.value = k.value)`,
    [tx.scope.organizationId, clientId, JSON.stringify(wanted)],
    "remove_aliases",
  );
  await tx.query(
    `INSERT INTO client_alias (organization_id, id, client_id, kind, value)
     SELECT $1::uuid, uuid_v7(), $2::uuid, w.kind, w.value
     FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (kind client_alias_kind, value text)) WITH ORDINALITY AS w(kind, value, place)
     ORDER BY w.place ON CONFLICT (organization_id, client_id, kind, value) DO NOTHING`,
    [tx.scope.organizationId, clientId, JSON.stringify(wanted)],
    "add_aliases",
  );
}

/**
 * Lets the client kept by a merge be known by what the merged records are known by, and by what it gave up itself. With
 * `only`, no more than these values. What it is known by already stays as it is.
 */
export async function bringAliases(
  tx: TenantSql,
  { mergeId, only }: { mergeId: string; only?: readonly { kind: string; value: string }[] },
): Promise<void> {
  await tx.query(
    `WITH merge AS (SELECT kept_id, changes, moved FROM client_merge WHERE organization_id = $1::uuid AND id = $2::uuid),
     merged AS (SELECT c.* FROM merge, client c WHERE c.organization_id = $1::uuid
       AND c.id IN (SELECT jsonb_object_keys(merge.moved)::uuid)),
     known AS (
       SELECT 'name'::client_alias_kind AS kind, name AS value, created_at FROM merged
       UNION ALL SELECT 'email', email, created_at FROM merged
       UNION ALL SELECT 'phone', phone, created_at FROM merged
       UNION ALL SELECT k.kind, k.value, k.created_at FROM merged JOIN client_alias k ON k.organization_id = $1::uuid AND k.client_id = merged.id
       UNION ALL SELECT k.kind, merge.changes #>> ARRAY[k.kind::text, 'from'], '-infinity' FROM merge, unnest(enum_range(NULL::client_alias_kind)) AS k(kind)
     ), wanted AS (SELECT kind, value, min(created_at) AS since FROM known WHERE value IS NOT NULL GROUP BY kind, value)
     INSERT INTO client_alias (organization_id, id, client_id, kind, value, merge_id)
     SELECT $1::uuid, uuid_v7(), kept.id, w.kind, w.value, $2::uuid
     FROM wanted w, merge JOIN client kept ON kept.organization_id = $1::uuid AND kept.id = merge.kept_id
     WHERE CASE w.kind WHEN 'name' THEN fold_text(w.value) <> fold_text(kept.name)
         WHEN 'email' THEN w.value IS DISTINCT FROM kept.email ELSE w.value IS DISTINCT FROM kept.phone END
       AND ($3::jsonb IS NULL OR EXISTS (SELECT FROM jsonb_to_recordset($3::jsonb) AS o(kind client_alias_kind, value text)
         WHERE o.kind = w.kind AND o.value = w.value))
     ORDER BY w.since, w.kind, w.value
     ON CONFLICT (organization_id, client_id, kind, value) DO NOTHING`,
    [tx.scope.organizationId, mergeId, only ? JSON.stringify(only) : null],
    "bring_aliases",
  );
}

/**
 * Takes back what a merge lets the client kept be known by. What another merge into the same client brings too stays,
 * as that one's.
 */
export async function takeAliasesBack(
  tx: TenantSql,
  { mergeId, keptId }: { mergeId: string; keptId: string },
): Promise<void> {
  const gone = await tx.query<{ kind: string; value: string }>(
    "DELETE FROM client_alias WHERE organization_id = $1::uuid AND merge_id = $2::uuid RETURNING kind::text AS kind, value",
    [tx.scope.organizationId, mergeId],
    "take_aliases_back",
  );
  if (gone.length === 0) return;
  const others = await tx.query<{ id: string }>(
    `SELECT id FROM client_merge WHERE organization_id = $1::uuid AND kept_id = $2::uuid AND id <> $3::uuid AND undone_at IS NULL
     ORDER BY created_at, id`,
    [tx.scope.organizationId, keptId, mergeId],
    "other_merges",
  );
  for (const { id } of others) await bringAliases(tx, { mergeId: id, only: gone });
}
