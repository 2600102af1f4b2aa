import type { Database } from "@creneau/db/database";
import type { EventLog, LoggedEvent } from "@creneau/db/events/event-log";
import { knownEvent } from "../event-catalogue.ts";
import type { Seat, Session } from "./session.ts";
import type { SessionClaims } from "./verify-credentials.ts";

interface AccountRow {
  id: string;
  email: string;
  name: string;
  username: string | null;
  locale: string;
  timezone: string;
  theme: string;
  sessionVersion: number;
  seats: Seat[];
  /** Ids of sessions that were signed out. */
  endedSessions: string[];
}

/** A user with all seats, as the database has it; null for one who does not exist or was deactivated. */
async function readAccount(database: Database, userId: string): Promise<AccountRow | null> {
  const { rows } = await database.pool.query<AccountRow>({
    name: "read_account",
    text: `SELECT u.id, u.email, u.name, u.username, u.locale, u.timezone, u.theme, u.session_version AS "sessionVersion",
             coalesce((SELECT json_agg(json_build_object('organizationId', m.organization_id, 'slug', m.slug, 'name', m.name,
               'role', m.role, 'siteIds', m.site_ids, 'providerId', m.provider_id)) FROM memberships_of(u.id) AS m), '[]') AS seats,
             ARRAY(SELECT e.session_id::text FROM ended_session e WHERE e.user_id = u.id) AS "endedSessions"
           FROM "user" u WHERE u.id = $1 AND u.deactivated_at IS NULL`,
    values: [userId],
  });
  return rows[0] ?? null;
}

const sessionsOf = new WeakMap<AccountRow, Map<string, Session>>();

/** The same object for the same account as long as it is cached: thousands of sockets share it. */
function toSession(account: AccountRow, wishedOrganizationId: string | undefined): Session {
  const { seats, sessionVersion, endedSessions: _, ...user } = account;
  const seat =
    seats.find(({ organizationId }) => organizationId === wishedOrganizationId) ?? seats[0] ?? null;
  const known = sessionsOf.get(account) ?? new Map<string, Session>();
  sessionsOf.set(account, known);
  const key = seat?.organizationId ?? "";
  const session = known.get(key) ?? { user, sessionVersion, seats, seat };
  known.set(key, session);
  return session;
}

/** Longest that a change which no event announced (a user without any organization) can go unnoticed. */
const maxAgeMs = 15_000;
const maxAccounts = 20_000;

interface CachedAccount {
  account: Promise<AccountRow | null>;
  readAt: number;
}

/**
 * Turns a token's claims into a session. Accounts are cached for seconds, and forgotten at once when the event log
 * tells of a change, by whichever process; `onChange` says whose, so that live sockets look again.
 */
export class Sessions {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #accounts = new Map<string, CachedAccount>();
  readonly #listeners = new Set<(userId: string | null) => void>();

  constructor({ database, events, now }: { database: Database; events: EventLog; now: () => number }) {
    this.#database = database;
    this.#now = now;
    events.subscribeToAll((event) => this.#notice(event));
    events.onBreak(() => this.#forgetAll());
  }

  /** Null when the user is gone, this session was signed out, or the token was issued before all of them were. */
  async load(
    claims: SessionClaims & { sessionId?: string },
    wishedOrganizationId?: string,
  ): Promise<Session | null> {
    const account = await this.#account(claims.userId);
    if (!account || account.sessionVersion !== claims.sessionVersion) return null;
    if (claims.sessionId && account.endedSessions.includes(claims.sessionId)) return null;
    return toSession(account, wishedOrganizationId);
  }

  /** Forgets one user, for the process that has just changed something: the event follows a few milliseconds later. */
  forget(userId: string): void {
    this.#accounts.delete(userId);
    for (const listener of this.#listeners) listener(userId);
  }

  /** Called with the user whose session may have changed; null when it could be anybody. Returns how to stop. */
  onChange(listener: (userId: string | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #account(userId: string): Promise<AccountRow | null> {
    const cached = this.#accounts.get(userId);
    if (cached && this.#now() - cached.readAt < maxAgeMs) return cached.account;
    if (this.#accounts.size >= maxAccounts) this.#accounts.clear();
    // A change announced while this read runs deletes the entry, so what it saw before the change is not kept.
    const entry = { account: readAccount(this.#database, userId), readAt: this.#now() };
    this.#accounts.set(userId, entry);
    entry.account.catch(() => {
      if (this.#accounts.get(userId) === entry) this.#accounts.delete(userId);
    });
    return entry.account;
  }

  #notice(logged: LoggedEvent): void {
    const event = knownEvent(logged);
    switch (event?.type) {
      case "user.changed":
      case "member.joined":
      case "member.changed":
      case "member.removed":
        this.forget(event.payload.userId);
        break;
      case "organization.changed":
        this.#forgetAll();
    }
  }

  #forgetAll(): void {
    this.#accounts.clear();
    for (const listener of this.#listeners) listener(null);
  }
}
