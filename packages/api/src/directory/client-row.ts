import type { ClientView } from "./clients-schema.ts";

/** Columns of a client, to be selected from `client c` (or a function that answers clients). */
export const clientColumns = `c.id, c.kind::text AS kind, c.name, c.email, c.phone, c.locale, c.timezone, c.company, c.siret,
  c.has_notes AS "hasNotes", c.archived_at AS "archivedAt", c.merged_into_id AS "mergedIntoId", c.created_at AS "createdAt",
  (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'value', k.value) ORDER BY k.created_at, k.id), '[]') FROM client_alias k
   WHERE k.organization_id = c.organization_id AND k.client_id = c.id AND k.value IS DISTINCT FROM
     CASE k.kind WHEN 'name' THEN c.name WHEN 'email' THEN c.email ELSE c.phone END) AS aliases`;

export type ClientRow = Omit<ClientView, "archivedAt" | "createdAt"> & {
  archivedAt: Date | null;
  createdAt: Date;
};

/** A client as it travels. */
export function toClientView(row: ClientRow): ClientView {
  return {
    ...row,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
