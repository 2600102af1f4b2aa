import type { TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { subjectSchema } from "../appointments/schema.ts";
import { notFound } from "../errors.ts";

interface SubjectWish {
  subjectId?: string | undefined;
  subject?: z.output<typeof subjectSchema> | undefined;
}

/** A vehicle's reference is its plate: upper case, without spaces or dashes. Other references are kept as typed. */
export function normalizeReference(kind: string, reference: string): string {
  return kind === "vehicle" ? reference.toUpperCase().replace(/[^A-Z0-9]/g, "") : reference.trim();
}

/** The subject of a booking: the one named, or the one with this reference, made when it is new; null for none. */
export async function ensureSubject(
  tx: TenantSql,
  { subjectId, subject }: SubjectWish,
  clientId: string | null,
): Promise<string | null> {
  const { organizationId } = tx.scope;
  if (subjectId) {
    const rows = await tx.query(
      "SELECT id FROM subject WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL",
      [organizationId, subjectId],
      "subject_exists",
    );
    if (rows.length === 0) throw notFound("subject");
    return subjectId;
  }
  if (!subject) return null;
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO subject (organization_id, id, kind, reference, label, client_id, attributes)
     VALUES ($1::uuid, uuid_v7(), $2::subject_kind, $3, $4, $5::uuid, $6::jsonb)
     ON CONFLICT (organization_id, kind, reference) DO UPDATE
       SET attributes = subject.attributes || excluded.attributes, client_id = coalesce(excluded.client_id, subject.client_id),
           label = coalesce(excluded.label, subject.label), archived_at = NULL, updated_at = now()
     RETURNING id`,
    [
      organizationId,
      subject.kind,
      normalizeReference(subject.kind, subject.reference),
      subject.label ?? null,
      clientId,
      JSON.stringify(subject.attributes),
    ],
    "ensure_subject",
  );
  return rows[0]?.id ?? null;
}
