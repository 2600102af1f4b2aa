import { attendeeSchema } from "@creneau/api/appointments/schema";
import { type FieldProblem, problemOf } from "../directory/schema-resolver.ts";

/** Somebody to invite, as typed. */
export type AttendeeDraft = {
  key: number;
  name: string;
  email: string;
  phone: string;
  /** What the server took for no phone number; anything else may be one. */
  refusedPhone?: string;
};
export type AttendeeField = "name" | "email" | "phone";

/** The drafts, and one more that is empty. */
export function withEmptyDraft(drafts: readonly AttendeeDraft[]): AttendeeDraft[] {
  return [...drafts, { key: (drafts.at(-1)?.key ?? 0) + 1, name: "", email: "", phone: "" }];
}

function attendeeOf({ name, email, phone }: AttendeeDraft) {
  const called = name.trim() || email.trim() || phone.trim();
  return {
    name: called,
    ...(email.trim() && { email: email.trim() }),
    ...(phone.trim() && { phone: phone.trim() }),
  };
}

/** Whom the drafts invite: an empty one nobody; one without a name goes by how they are reached. */
export function attendeesOf(drafts: readonly AttendeeDraft[]) {
  return drafts.map(attendeeOf).filter(({ name }) => name !== "");
}

/** The drafts once the server refused a phone by its path, `attendees.1.phone`, counted as sent; null when it named none. */
export function refusedDrafts(drafts: readonly AttendeeDraft[], path: unknown): AttendeeDraft[] | null {
  const position = /^attendees\.(\d+)\.phone$/.exec(String(path))?.[1];
  const sent = drafts.filter((draft) => attendeeOf(draft).name !== "");
  const refused = position === undefined ? undefined : sent[Number(position)];
  if (!refused) return null;
  return drafts.map((draft) => (draft === refused ? { ...draft, refusedPhone: draft.phone } : draft));
}

/** What the server would refuse, or did, by the draft's key. */
export function attendeeProblems(
  drafts: readonly AttendeeDraft[],
): ReadonlyMap<number, Partial<Record<AttendeeField, FieldProblem>>> {
  const problems = new Map<number, Partial<Record<AttendeeField, FieldProblem>>>();
  for (const draft of drafts) {
    const attendee = attendeeOf(draft);
    if (draft.phone !== "" && draft.phone === draft.refusedPhone) problems.set(draft.key, { phone: "phone" });
    const result = attendeeSchema.safeParse(attendee, { reportInput: true });
    if (result.success || attendee.name === "") continue;
    const found = result.error.issues.map((issue) => [issue.path[0], problemOf(issue)]);
    problems.set(draft.key, { ...problems.get(draft.key), ...Object.fromEntries(found) });
  }
  return problems;
}
