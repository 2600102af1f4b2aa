import { inTenantSql } from "@creneau/db/in-tenant";
import { findAppointment } from "../appointments/queries.ts";
import { releaseHeldBack } from "../attendees/release-held-back.ts";
import { AppError, notFound } from "../errors.ts";
import type { PortalWork } from "./open-link.ts";

/**
 * Has those told whom the client invited. By the link of their portal, which came to their own address: whoever only
 * typed that address into a form cannot. Safe to repeat. Errors: `not_found`, `invalid_transition` (cancelled).
 */
export function tellGuests(
  work: PortalWork,
  { appointmentId }: { appointmentId: string },
): Promise<{ told: number }> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await findAppointment(tx, appointmentId, { lock: true });
    if (!row || row.client_id !== work.clientId || row.status === "held") throw notFound("link");
    if (row.status === "cancelled")
      throw new AppError("invalid_transition", "This appointment does not take place");
    const released = await releaseHeldBack(tx, work, { row, now: work.now });
    return { told: released?.count ?? 0 };
  });
}
