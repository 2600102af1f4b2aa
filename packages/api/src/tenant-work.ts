import type { Database } from "@creneau/db/database";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { Instant } from "@creneau/domain/time/instant";
import type { Actor } from "./actor.ts";
import type { Log } from "./services.ts";

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
