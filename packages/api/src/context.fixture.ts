import { randomUUID } from "node:crypto";
import type { Database } from "@creneau/db/database";
import { EventLog } from "@creneau/db/events/event-log";
import type { Context } from "./context.ts";
import type { Seat, Session } from "./identity/session.ts";

/** A log that says nothing. */
export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a caller in a test gets: a real database, and around it a process that limits nothing and says nothing. */
export function testContext(database: Database, given: Partial<Context> = {}): Context {
  return {
    database,
    events: new EventLog(database),
    now: Date.now,
    publicConfig: { demo: false, signInProviders: [], appUrl: "http://localhost:3000" },
    rateLimit: async () => undefined,
    forgetSession: () => undefined,
    log: silentLog,
    linkSecret: "a secret of the tests that is long enough",
    requestId: "1",
    address: "127.0.0.1",
    session: null,
    ...given,
  };
}

/** Somebody signed in, on this seat. */
export function testSession(
  seat: Pick<Seat, "organizationId" | "role"> & Partial<Seat>,
  user: Partial<Session["user"]> = {},
): Session {
  const full = { slug: "a", name: "A", siteIds: [], providerId: null, ...seat };
  const account = {
    id: randomUUID(),
    email: "a@example.test",
    name: "A",
    username: null,
    locale: "fr",
    timezone: "Europe/Paris",
    theme: "system",
    ...user,
  };
  return { user: account, sessionVersion: 1, seats: [full], seat: full };
}
