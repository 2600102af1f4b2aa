import type { TenantSql } from "@creneau/db/in-tenant";
import type { EventPayload } from "../event-catalogue.ts";
import { type ChangeAuthor, recordChange } from "../record-change.ts";

/** How a wish ends: served by this appointment, or without one. */
export type EntryEnd = { appointmentId: string } | { reason: EventPayload<"waitlist.left">["reason"] };

/** What is told of it. */
export interface EndedEntry {
  id: string;
  site_id: string;
}

/** Says that an entry just taken off the list is over. */
export function recordEnd(
  tx: TenantSql,
  author: ChangeAuthor,
  { id: entityId, site_id: siteId }: EndedEntry,
  end: EntryEnd,
): Promise<void> {
  return "reason" in end
    ? recordChange(tx, author, { type: "waitlist.left", entityId, payload: { siteId, ...end }, diff: end })
    : recordChange(tx, author, {
        type: "waitlist.accepted",
        entityId,
        payload: { siteId, ...end },
        diff: end,
      });
}
