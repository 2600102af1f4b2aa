import type { Database } from "@creneau/db/database";
import type { EventLog } from "@creneau/db/events/event-log";
import type { BookingLimits } from "./booking/booking-limits.ts";
import type { Session } from "./identity/session.ts";
import type { SessionClaims } from "./identity/verify-credentials.ts";

/** What the process gives every request, whatever the transport. */
export interface Services {
  database: Database;
  events: EventLog;
  /** The present instant, epoch milliseconds. */
  now: () => number;
  /** Settings a screen may know before anybody signs in. */
  publicConfig: { demo: boolean; signInProviders: string[]; appUrl: string };
  /** Consumes points of a named budget for a key; throws `rate_limited` when it is spent. */
  rateLimit: (budget: RateBudget, key: string) => Promise<void>;
  /** Reads this user's account and seats anew for the next request; other processes learn of it through the log. */
  forgetSession: (userId: string) => void;
  log: Log;
  /** For mails with a secret link, sent after the commit; absent: the link is handed over in person. */
  mailer?: LinkMailer;
  /** Key of the links that clients are given (holds, manage and portal links); never leaves the process. */
  linkSecret: string;
  /** Other caps on public booking than the usual ones: for benchmarks and tests. */
  bookingLimits?: Partial<BookingLimits>;
}

/** What sends such a mail; notifications/mailer.ts has it. */
export interface LinkMailer {
  send(mail: { to: string; subject: string; text: string; html: string }): Promise<void>;
  close(): void;
}

/** Structured logger (pino); message after the fields. Never personal data, never secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Names of rate budgets; their sizes live with the server's rate limiter. */
export type RateBudget =
  | "sign_in"
  | "sign_in_link"
  | "username_check"
  | "public_read"
  | "public_write"
  | "hold"
  | "contact";

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
