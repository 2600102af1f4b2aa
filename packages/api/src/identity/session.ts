import type { Role } from "../actor.ts";
import type { SessionClaims } from "./verify-credentials.ts";

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

/** Who comes from a browser, and what it may be told. */
export interface Browser {
  session: Session | null;
  /** When a mailed link opened this session, epoch milliseconds: whoever reads the mail may set a new password. */
  linkSignInAt?: number;
  /** The caller's network address, for rate limits and the audit. */
  address: string;
  /** Chooses the organization of this browser's next requests; absent where no cookie can be set (sockets). */
  setOrganization?: (organizationId: string) => void;
  /** Replaces this browser's session, null ends it; absent where no cookie can be set. */
  setSession?: (claims: SessionClaims | null) => Promise<void>;
}
