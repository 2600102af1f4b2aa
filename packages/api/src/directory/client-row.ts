import type { ClientView } from "./clients-schema.ts";

/** Columns of a client, to be selected from `client c` (or a function that answers clients). */
export const clientColumns = `c.id, c.kind::text AS kind, c.name, c.email, c.phone, c.locale, c.timezone, c.company, c.siret,
  c.has_notes AS "hasNotes", c.archived_at AS "archivedAt", c.created_at AS "createdAt"`;

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
