import { foldReference } from "@creneau/domain/text/fold-text";
import type { z } from "zod";
import type { subjectSchema } from "./clients-schema.ts";

/** A vehicle's reference is its plate: plain capitals and digits, however it was typed. Other references are kept as typed. */
export function normalizeReference(kind: string, reference: string): string {
  return kind === "vehicle"
    ? foldReference(reference)
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, "")
    : reference.trim();
}

/** A subject given with a booking, as the SQL function `ensure_subject` takes it: found by its reference, or made. */
export function subjectColumns(subject: z.output<typeof subjectSchema>) {
  return { ...subject, reference: normalizeReference(subject.kind, subject.reference) };
}
