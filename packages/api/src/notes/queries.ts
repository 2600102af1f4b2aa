import type { TenantSql } from "@creneau/db/in-tenant";
import type { UserActor } from "../actor.ts";

import { mayChangeNote } from "./policy.ts";
import type { NoteView, SharedNote } from "./schema.ts";

interface NoteRow {
  id: string;
  kind: NoteView["kind"];
  body: string;
  author_user_id: string | null;
  author_client_id: string | null;
  author_name: string | null;
  shared_at: Date | null;
  created_at: Date;
}

/** Every note of an appointment, for staff; oldest first. */
export async function listNotes(tx: TenantSql, actor: UserActor, appointmentId: string): Promise<NoteView[]> {
  const rows = await tx.query<NoteRow>(
    `SELECT n.id, n.kind::text AS kind, n.body, n.author_user_id, n.author_client_id, coalesce(u.name, c.name) AS author_name,
       n.shared_at, n.created_at
     FROM note n LEFT JOIN "user" u ON u.id = n.author_user_id
     LEFT JOIN client c ON c.organization_id = n.organization_id AND c.id = n.author_client_id
     WHERE n.organization_id = $1::uuid AND n.appointment_id = $2::uuid ORDER BY n.created_at, n.id LIMIT 500`,
    [tx.scope.organizationId, appointmentId],
    "list_notes",
  );
  return rows.map((row) => toNoteView(row, actor));
}

function toNoteView(row: NoteRow, actor: UserActor): NoteView {
  const authorId = row.author_user_id ?? row.author_client_id;
  return {
    id: row.id,
    kind: row.kind,
    body: row.body,
    author:
      authorId === null
        ? null
        : { kind: row.author_user_id ? "user" : "client", id: authorId, name: row.author_name ?? "" },
    sharedAt: row.shared_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    canChange: mayChangeNote(actor, { kind: row.kind, authorUserId: row.author_user_id }),
  };
}

/**
 * The notes of an appointment that its client may read: the only query of notes for anybody outside the organization.
 * Internal and system notes are left out by the statement itself.
 */
export async function listSharedNotes(tx: TenantSql, appointmentId: string): Promise<SharedNote[]> {
  const rows = await tx.query<{
    id: string;
    body: string;
    author_name: string | null;
    is_own: boolean;
    shared_at: Date;
  }>(
    `SELECT n.id, n.body, coalesce(u.name, c.name) AS author_name, n.author_client_id IS NOT NULL AS is_own, n.shared_at
     FROM note n LEFT JOIN "user" u ON u.id = n.author_user_id
     LEFT JOIN client c ON c.organization_id = n.organization_id AND c.id = n.author_client_id
     WHERE n.organization_id = $1::uuid AND n.appointment_id = $2::uuid AND n.kind = 'shared' AND n.shared_at IS NOT NULL
     ORDER BY n.shared_at, n.id LIMIT 500`,
    [tx.scope.organizationId, appointmentId],
    "list_shared_notes",
  );
  return rows.map(({ id, body, author_name, is_own, shared_at }) => ({
    id,
    body,
    authorName: author_name,
    isOwn: is_own,
    sharedAt: shared_at.toISOString(),
  }));
}
