import { foldReference } from "@creneau/domain/text/fold-text";
import type { FoundClient } from "../clients/client-picker.tsx";
import type { SubjectKind } from "../clients/subject-fields.ts";
import type { TypedClient } from "../clients/typed-client.ts";

export type FoundSubject = FoundClient["subjects"][number];
/** Who calls: a known client by id, else as typed. */
export type Caller = { id: string | null; subjectId: string | null; typed: TypedClient };

/** Whether what was typed into the box is this subject rather than its owner. */
export function isNamed(subject: FoundSubject | undefined, text: string): boolean {
  const typed = foldReference(text);
  return subject !== undefined && typed.length >= 4 && foldReference(subject.reference).startsWith(typed);
}

/** A client found in the box, and what they call about. */
export function callerOf(client: FoundClient, subject: FoundSubject | undefined): Caller {
  return {
    id: client.id,
    subjectId: subject?.id ?? null,
    typed: {
      name: client.name,
      phone: client.phone ?? "",
      email: client.email ?? "",
      reference: subject?.reference ?? "",
    },
  };
}

/** What the call is about, as requests say it; nothing when it is about nothing. */
export function subjectOf({ subjectId, typed }: Caller, kind: SubjectKind) {
  const reference = typed.reference.trim();
  if (subjectId) return { subjectId };
  return reference ? { subject: { kind, reference } } : {};
}
