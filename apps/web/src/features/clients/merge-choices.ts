import { mergedFields } from "@creneau/api/directory/clients-schema";
import type { Outputs } from "../../trpc/react.ts";

export type ComparedClient = Outputs["directory"]["clients"]["compare"]["records"][number];
export type MergedField = (typeof mergedFields)[number];
/** Of which record each field is taken, where somebody chose. */
export type MergeChoices = Partial<Record<MergedField, string>>;

/** Everybody has one from the start: worth a line only where the records disagree. */
const usual: readonly MergedField[] = ["kind", "locale", "timezone"];

/** Fields that at least one record fills in, in the order a card shows them. */
export function shownFields(records: readonly ComparedClient[]): MergedField[] {
  return mergedFields.filter((field) =>
    usual.includes(field) ? differs(records, field) : records.some((record) => record[field] !== null),
  );
}

/** Whether the records say different things there: only then is there something to choose. */
export function differs(records: readonly ComparedClient[], field: MergedField): boolean {
  return new Set(records.map((record) => record[field]).filter((value) => value !== null)).size > 1;
}

/** The record that gives a field: the one chosen, else the one kept, else the oldest that has it; as the server takes it. */
export function sourceOf(
  records: readonly ComparedClient[],
  { field, keepId, choices }: { field: MergedField; keepId: string; choices: MergeChoices },
): string | undefined {
  const oldest = records.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  const order = [choices[field], keepId, ...oldest.map(({ id }) => id)];
  return order.find((id) => records.some((record) => record.id === id && record[field] !== null));
}
