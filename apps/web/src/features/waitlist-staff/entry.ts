import type { StaffEntryView } from "@creneau/api/waitlist/schema";

export type Entry = StaffEntryView;

/** Whether the entry can still be taken off the list. */
export function isOpen({ state }: Pick<Entry, "state">): boolean {
  return state === "waiting" || state === "offered";
}
