import type { Session } from "./identity/session.ts";
import type { SessionClaims } from "./identity/verify-credentials.ts";
import type { Services } from "./services.ts";

/** One request, or one socket (whose session is re-checked while it lives). */
export interface Context extends Services {
  session: Session | null;
  /** When a mailed link opened this session, epoch milliseconds: whoever reads the mail may set a new password. */
  linkSignInAt?: number;
  requestId: string;
  /** The caller's network address, for rate limits and the audit. */
  address: string;
  /** Chooses the organization of this browser's next requests; absent where no cookie can be set (sockets). */
  setOrganization?: (organizationId: string) => void;
  /** Replaces this browser's session, null ends it; absent where no cookie can be set. */
  setSession?: (claims: SessionClaims | null) => Promise<void>;
  /** The live socket; absent over HTTP. */
  socket?: LiveSocket;
}

/** What a subscription may ask of its socket. */
export interface LiveSocket {
  /** Bytes accepted but not yet on the wire. */
  bufferedBytes(): number;
  /** Drops the socket; the client reconnects and resumes from its last event. */
  close(code: number, reason: string): void;
}
