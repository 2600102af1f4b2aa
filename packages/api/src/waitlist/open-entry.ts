import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { Instant } from "@creneau/domain/time/instant";
import type { ClientActor, SystemActor } from "../actor.ts";
import { BookingCache } from "../booking/booking-cache.ts";
import { usualBookingLimits } from "../booking/booking-limits.ts";
import { type BookingWork, type VisitorWork, visitorWork } from "../booking/open-link.ts";
import { notFound } from "../errors.ts";
import type { JobServices } from "../jobs/define-job.ts";
import type { Services } from "../services.ts";
import { openSecretLink } from "../tenant-doors.ts";
import { type EntryRow, findEntry } from "./queries.ts";

/** The work of somebody who waits. */
export type EntryWork = VisitorWork & { readonly entryId: string };

/** With the link of a wish. Errors: `not_found`. */
export async function openEntry(visit: Services & { address: string }, token: string): Promise<EntryWork> {
  const opened = await openSecretLink(visit.database, "resolve_waitlist_token", token);
  if (!opened) throw notFound("link");
  const actor: ClientActor = { kind: "client", link: "waitlist", clientId: null };
  return { ...visitorWork(visit, { scope: opened.scope, actor }), entryId: opened.row.entry_id };
}

/** Does something with the entry of a link, in one transaction. Errors: `not_found`. */
export async function withEntry<Answer>(
  { database, scope, entryId, now }: EntryWork,
  act: (tx: TenantSql, row: EntryRow) => Promise<Answer>,
): Promise<Answer> {
  return inTenantSql(database, scope, async (tx) => {
    const row = await findEntry(tx, { id: entryId, now });
    if (!row) throw notFound("link");
    return act(tx, row);
  });
}

/**
 * How the waitlist books by itself, each time as of the present instant. It reads everything anew in each run: no reader
 * of the log tells it what has changed since.
 */
export function openWaitlistWork(
  { database, now, log, linkSecret }: JobServices,
  scope: TenantScope,
): () => BookingWork<SystemActor> {
  const cache = new BookingCache(database);
  const actor: SystemActor = { kind: "system", name: "waitlist" };
  const shared = {
    scope,
    actor,
    address: null,
    database,
    log,
    cache,
    linkSecret,
    limits: usualBookingLimits,
  };
  return () => ({ ...shared, now: now() as Instant });
}
