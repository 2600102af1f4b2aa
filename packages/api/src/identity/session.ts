import type { TenantScope } from "@creneau/db/tenant-scope";

/** As in the database; what each may do is in the slices' policies. */
export type Role = "owner" | "admin" | "manager" | "provider" | "operator" | "viewer";

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
export interface Member {
  userId: string;
  userName: string;
  role: Role;
  siteIds: string[];
  providerId: string | null;
  scope: TenantScope;
}
