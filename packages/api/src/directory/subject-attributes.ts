import type { TenantSql } from "@creneau/db/in-tenant";
import type { SubjectAttributes } from "@creneau/domain/pricing/price-matrix";
import { normalizeReference } from "./subject-columns.ts";

/** What is said of a subject: which one, or what it is like. */
export interface SubjectHint {
  subjectId?: string | undefined;
  subject?:
    | { kind?: string | undefined; reference?: string | undefined; attributes: SubjectAttributes }
    | undefined;
}

/**
 * What is known of a subject: what we have on file, under what is said of it now. Empty when there is none, or none within
 * the sites of whoever asks (null for all).
 */
export async function subjectAttributes(
  tx: TenantSql,
  { subjectId, subject }: SubjectHint,
  siteIds: readonly string[] | null,
): Promise<SubjectAttributes> {
  const { kind, reference } = subject ?? {};
  if (!subjectId && !(kind && reference)) return subject?.attributes ?? {};
  const [row] = await tx.query<{ attributes: SubjectAttributes }>(
    `SELECT attributes FROM subject j WHERE organization_id = $1::uuid AND subject_in_reach(j, $5::uuid[])
       AND (id = $2::uuid OR ($2::uuid IS NULL AND kind = $3::subject_kind AND reference = $4))`,
    [
      tx.scope.organizationId,
      subjectId ?? null,
      kind ?? null,
      kind && reference ? normalizeReference(kind, reference) : null,
      siteIds,
    ],
    "subject_attributes",
  );
  return { ...row?.attributes, ...(subjectId ? {} : subject?.attributes) };
}
