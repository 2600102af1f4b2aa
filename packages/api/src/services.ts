import type { Database } from "@creneau/db/database";
import type { EventLog } from "@creneau/db/events/event-log";
import type { BookingLimits } from "./booking/booking-limits.ts";

/** What the process gives every request, whatever the transport. */
export interface Services {
  database: Database;
  events: EventLog;
  /** The present instant, epoch milliseconds. */
  now: () => number;
  /** Settings a screen may know before anybody signs in. */
  publicConfig: { demo: boolean; signInProviders: string[]; appUrl: string };
  /** Consumes points of a named budget for a key; throws `rate_limited` when it is spent. */
  rateLimit: (budget: RateBudget, key: string, points?: number) => Promise<void>;
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
  | "contact"
  | "recipients";

/** What a subscription may ask of its socket. */
export interface LiveSocket {
  /** Bytes accepted but not yet on the wire. */
  bufferedBytes(): number;
  /** Drops the socket; the client reconnects and resumes from its last event. */
  close(code: number, reason: string): void;
}
