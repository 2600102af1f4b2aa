import type { Database } from "@creneau/db/database";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { Instant } from "@creneau/domain/time/instant";
import type { Actor } from "./actor.ts";
import type { LiveSocket, Log, Services } from "./services.ts";

/**
 * What a use case is handed: in which organization, who acts, and when. Built at the edges alone (tRPC, a job, a link); a
 * use case that needs more of the process says so in its own signature.
 */
export interface TenantWork<By extends Actor = Actor> {
  readonly scope: TenantScope;
  readonly actor: By;
  /** The network address the request came from, for the audit; null when nobody's request it is. */
  readonly address: string | null;
  /** The instant of the whole work. */
  readonly now: Instant;
  readonly database: Database;
  readonly log: Log;
}

/** A work with all that the process offers; use cases say what they need of it. */
export type ServedWork<By extends Actor = Actor> = TenantWork<By> &
  Omit<Services, "now"> & { readonly address: string; readonly socket?: LiveSocket };

/** The work of a request: who acts where is established, the rest is the process's. */
export function workOf<By extends Actor>(
  request: Services & { address: string; socket?: LiveSocket },
  { scope, actor }: { scope: TenantScope; actor: By },
): ServedWork<By> {
  const { now, ...services } = servicesOf(request);
  return { ...services, scope, actor, address: request.address, now: now() as Instant };
}

function servicesOf(request: Services & { socket?: LiveSocket }) {
  const { database, events, now, publicConfig, rateLimit, forgetSession, log, linkSecret } = request;
  const { mailer, bookingLimits, socket } = request;
  return {
    database,
    events,
    now,
    publicConfig,
    rateLimit,
    forgetSession,
    log,
    linkSecret,
    ...(mailer && { mailer }),
    ...(bookingLimits && { bookingLimits }),
    ...(socket && { socket }),
  };
}
