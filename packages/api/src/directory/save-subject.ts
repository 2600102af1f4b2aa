import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { refuseDuplicate } from "./already-exists.ts";
import {
  type createSubjectInput,
  type SubjectView,
  subjectAttributes,
  type updateSubjectInput,
} from "./clients-schema.ts";
import { directoryChange } from "./events.ts";
import { listSubjects } from "./list-subjects.ts";
import { liveClientId } from "./lock-clients.ts";
import { requireDirectoryAction } from "./policy.ts";
import { normalizeReference } from "./subject-columns.ts";

type Attributes = Record<string, string | number | boolean | null>;

/** Adds a subject. Errors: `forbidden`, `not_found` (its client), `already_exists` (reference). */
export function createSubject(
  work: TenantWork,
  input: z.output<typeof createSubjectInput>,
): Promise<SubjectView> {
  requireDirectoryAction(work.actor, "clients.change");
  const siteIds = sitesOf(work.actor);
  return refuseDuplicate("reference", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const clientId = input.clientId ? await liveClientId(tx, input.clientId, siteIds) : null;
      const { id } = await tx.db.subject.create({
        data: {
          organizationId: tx.scope.organizationId,
          kind: input.kind,
          reference: referenceOf(input.kind, input.reference),
          label: input.label ?? null,
          clientId,
          attributes: (input.attributes ?? {}) as Attributes,
        },
        select: { id: true },
      });
      await recordChange(tx, work, directoryChange({ kind: "subject", action: "created", id }));
      return findSubject(tx, id, null);
    }),
  );
}

/** Changes a subject. Errors: `forbidden`, `not_found`, `already_exists` (reference), `invalid_input` (attributes). */
export function updateSubject(
  work: TenantWork,
  { id, ...input }: z.output<typeof updateSubjectInput>,
): Promise<SubjectView> {
  requireDirectoryAction(work.actor, "clients.change");
  const siteIds = sitesOf(work.actor);
  return refuseDuplicate("reference", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const before = await findSubject(tx, id, siteIds);
      const clientId = input.clientId ? await liveClientId(tx, input.clientId, siteIds) : input.clientId;
      const attributes = input.attributes && subjectAttributes[before.kind].safeParse(input.attributes);
      if (attributes && !attributes.success) {
        const issues = attributes.error.issues.map(({ path, message }) => ({
          path: ["attributes", ...path].join("."),
          message,
        }));
        throw new AppError("invalid_input", "These attributes do not fit this kind", { issues });
      }
      await tx.db.subject.update({
        where: { organizationId_id: { organizationId: tx.scope.organizationId, id } },
        data: {
          reference: input.reference === undefined ? undefined : referenceOf(before.kind, input.reference),
          label: input.label,
          clientId,
          attributes: attributes?.data as Attributes | undefined,
        },
        select: { id: true },
      });
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "subject",
          action: "changed",
          id,
          diff: { fields: Object.keys(input) },
        }),
      );
      return findSubject(tx, id, siteIds);
    }),
  );
}

function referenceOf(kind: SubjectView["kind"], text: string): string {
  const reference = normalizeReference(kind, text);
  if (reference === "")
    throw new AppError("invalid_input", "A plate has letters or digits", { field: "reference" });
  return reference;
}

async function findSubject(
  tx: TenantTx,
  id: string,
  siteIds: readonly string[] | null,
): Promise<SubjectView> {
  const { items } = await listSubjects(tx, { ids: [id], includeArchived: true, limit: 1, siteIds });
  if (!items[0]) throw notFound("subject");
  return items[0];
}
