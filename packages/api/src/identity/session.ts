import type { TenantScope } from "@creneau/db/tenant-scope";
import type { Role, UserActor } from "../actor.ts";

/** A seat that a user has somewhere. */
export interface Seat {
  organizationId: string;
  slug: string;
  name: string;
  role: Role;
  /** Sites this member covers; empty means all. */
  siteIds: string[];
  /** The provider this user is in that organization, if any. */
  providerId: string | null;
}

/** Who is asking, established anew for every request and every minute on a socket. */
export interface Session {
  user: {
    id: string;
    email: string;
    name: string;
    username: string | null;
    locale: string;
    timezone: string;
    theme: string;
  };
  sessionVersion: number;
  /** All seats; the active one is `seat`. */
  seats: Seat[];
  /** Null for a user without an organization. */
  seat: Seat | null;
}

/** The acting member inside one organization. */
export interface Member extends UserActor {
  scope: TenantScope;
}
