import { Client } from "pg";
import { endConnection } from "./end-connection.ts";
import { OutageError, type OutageReason, outageOf } from "./outage.ts";
import { migrationNames } from "./schema-engine.ts";
import { type DatabaseVersion, functionsHash, readDatabaseVersion } from "./sql-functions.ts";
import { sqlState } from "./sql-state.ts";

/** How long the database may take to say that it is there: whoever balances traffic waits two seconds for the answer. */
const answerMs = 1_500;
/** While it is away it is asked again this often. */
const askAgainMs = 500;

/** What the database says of itself; the reason when it says nothing. */
export type DatabaseState = ({ isReachable: true } & Answer) | { isReachable: false; reason: OutageReason };

interface Answer {
  /** A standby, or a database set so. */
  isReadOnly: boolean;
  /** Null where no migration was ever applied. */
  version: DatabaseVersion | null;
}

const undefinedTable = "42P01";

/**
 * Asks the database how it is, on a connection of its own: never behind everybody else's statements, and never for
 * longer than a second and a half. Whoever asks while it is being asked shares the answer.
 */
export class DatabaseWatch {
  readonly #url: string;
  readonly #options: string;
  readonly #listeners = new Set<(away: OutageReason | null) => void>();
  #connection: { client: Client; connected: Promise<unknown> } | undefined;
  #asking: Promise<DatabaseState> | undefined;
  #away: OutageReason | null = null;
  /** Of this version of the product. */
  #ours: { migrations: string[]; hash: string } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `options` are those of every connection that serves, so that this one sees what they see. */
  constructor({ url, options }: { url: string; options: string }) {
    this.#url = url;
    this.#options = options;
  }

  /** Why nothing can be had of the database at present; null as long as it answered when it was last asked. */
  get away(): OutageReason | null {
    return this.#away;
  }

  /** Calls at each change between there and away, with the reason. */
  onChange(listener: (away: OutageReason | null) => void): void {
    this.#listeners.add(listener);
  }

  /** Asks now. Never rejects. */
  ask(): Promise<DatabaseState> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#asking;
    if (this.#connection) await endConnection(this.#connection.client);
  }

  async #ask(): Promise<DatabaseState> {
    if (this.#isClosed) return { isReachable: false, reason: "unreachable" };
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new OutageError("stalled", "The database does not answer")), answerMs);
    });
    try {
      const state = await Promise.race([this.#readAnew(), limit]);
      // A new connection may lead elsewhere by now, as after a failover, and learns of settings that changed.
      if (state.isReadOnly) this.#drop();
      this.#settle(null);
      return { isReachable: true, ...state };
    } catch (error) {
      this.#drop();
      const reason = outageOf(error) ?? "unreachable";
      // Where only another connection is not to be had, those there are may still serve.
      this.#settle(reason === "crowded" ? null : reason);
      return { isReachable: false, reason };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Not waited for: the server may be as silent as it was before. */
  #drop(): void {
    const lost = this.#connection?.client;
    this.#connection = undefined;
    if (lost) void endConnection(lost);
  }

  /** A connection that was cut says nothing of the database: a new one is tried before it is called away. */
  async #readAnew(): Promise<Answer> {
    const wasOpen = this.#connection !== undefined;
    try {
      return await this.#read();
    } catch (error) {
      if (!wasOpen) throw error;
      this.#drop();
      return await this.#read();
    }
  }

  async #read(): Promise<Answer> {
    this.#connection ??= this.#connect();
    const { client, connected } = this.#connection;
    await connected;
    const { rows } = await client.query<{ isReadOnly: boolean }>(
      `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
    );
    return { isReadOnly: rows[0]?.isReadOnly !== false, version: await this.#readVersion(client) };
  }

  async #readVersion(client: Client): Promise<DatabaseVersion | null> {
    this.#ours ??= { migrations: migrationNames(), hash: functionsHash() };
    try {
      return await readDatabaseVersion(client, this.#ours);
    } catch (error) {
      if (sqlState(error) === undefinedTable) return null;
      throw error;
    }
  }

  #connect(): { client: Client; connected: Promise<unknown> } {
    const client = new Client({
      connectionString: this.#url,
      options: this.#options,
      application_name: "creneau-watch",
      connectionTimeoutMillis: answerMs,
    });
    client.on("error", () => {
      if (this.#connection?.client === client) this.#connection = undefined;
    });
    const connected = client.connect();
    // Whoever asks awaits it; a refusal after their time was over belongs to nobody.
    connected.catch(() => undefined);
    return { client, connected };
  }

  #settle(away: OutageReason | null): void {
    clearTimeout(this.#timer);
    if (away && !this.#isClosed) this.#timer = setTimeout(() => void this.ask(), askAgainMs).unref();
    if (away === this.#away) return;
    this.#away = away;
    for (const listener of this.#listeners) listener(away);
  }
}
