import { Pool, type PoolClient, type PoolConfig } from "pg";
import type { DatabaseWatch } from "./database-watch.ts";
import { cutConnection, endConnection } from "./end-connection.ts";
import { markConnectionError, OutageError, type OutageReason, outageOf } from "./outage.ts";
import { WatchedClient, type WatchedClientConfig } from "./watched-client.ts";

/** How long somebody may wait for a free connection, and for a new one to be made. */
const waitMs = 8_000;
/** While the first in the queue has waited this long, whoever comes would wait for nothing. */
const crowdedAfterMs = 5_000;
const maxWaiting = 2_000;
/** A statement that is silent for this long makes us ask the database whether it is there. */
const suspiciousAfterMs = 2_500;
const lookMs = 500;
/** A database that turned read-only stays so for a while: connections are made anew this often at most. */
const renewAgainMs = 2_000;
/** How long a server may take to take its leave. */
const leaveMs = 1_000;

const readOnly = "25006";

type Callback = (error: Error | undefined, client: PoolClient | undefined, release: () => void) => void;

interface Ticket {
  since: number;
  refuse(reason: OutageReason): void;
}

/**
 * A pool whose callers never wait for long: it refuses at once while the database is away or the queue does not move,
 * gives up connections that fell silent when the database does not answer elsewhere either, and makes all of them anew
 * when their server turns out to be read-only, as the old leader does after a failover.
 */
export class BoundedPool extends Pool {
  readonly #watch: DatabaseWatch;
  /** Those who wait for a connection, the first one first. */
  readonly #waiting = new Set<Ticket>();
  readonly #clients = new Set<WatchedClient>();
  readonly #inUse = new WeakSet<object>();
  readonly #retired = new WeakSet<object>();
  readonly #timer: NodeJS.Timeout;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(config: PoolConfig & WatchedClientConfig, watch: DatabaseWatch) {
    super({
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: waitMs,
      ...config,
      Client: WatchedClient,
    });
    this.#watch = watch;
    this.#timer = setInterval(() => this.#look(), lookMs).unref();
    watch.onChange((away) => {
      if (away) for (const { refuse } of this.#waiting) refuse(away);
    });
    // Without a listener a connection that dies idle would end the process; it is replaced on the next use.
    this.on("error", () => void watch.ask());
    this.on("connect", (client) => this.#keep(client as unknown as WatchedClient));
    this.on("remove", (client) => this.#clients.delete(client as unknown as WatchedClient));
    this.on("acquire", (client) => this.#inUse.add(client));
    this.on("release", (_error, client) => {
      this.#inUse.delete(client);
      // The pool removes it: it looks whether it is ending right after this.
      if (this.#retired.has(client)) void endConnection(client as unknown as WatchedClient);
    });
    const connect = this.connect as unknown as (callback: Callback) => void;
    this.connect = ((callback?: Callback) => {
      const take = (give: Callback) => {
        const refusal = this.#refusal();
        if (refusal) return give(refusal, undefined, () => undefined);
        connect.call(this, this.#waitingFor(give));
      };
      if (callback) return take(callback);
      return new Promise<PoolClient | undefined>((resolve, reject) => {
        take((error, client) => (error ? reject(error) : resolve(client)));
      });
    }) as Pool["connect"];
  }

  /** Waits for running statements, then closes every connection, also those whose server does not take leave. */
  async close(): Promise<void> {
    const timer = setInterval(() => {
      for (const client of this.#clients) if (!this.#inUse.has(client)) cutConnection(client);
    }, leaveMs);
    await this.end();
    clearInterval(timer);
    clearInterval(this.#timer);
  }

  #refusal(): OutageError | null {
    const { away } = this.#watch;
    if (away) return new OutageError(away, "The database is away");
    const [first] = this.#waiting;
    const isCrowded =
      this.waitingCount >= maxWaiting ||
      (first !== undefined && performance.now() - first.since > crowdedAfterMs);
    return isCrowded ? new OutageError("crowded", "Too many wait for the database") : null;
  }

  /** Refused as soon as the database is known to be away: a connection that comes later goes back. */
  #waitingFor(give: Callback): Callback {
    const ticket: Ticket = {
      since: performance.now(),
      refuse: (reason) => {
        this.#waiting.delete(ticket);
        give(new OutageError(reason, "The database is away"), undefined, () => undefined);
      },
    };
    this.#waiting.add(ticket);
    return (error, client, release) => {
      if (error) this.#noteFailure(error);
      if (this.#waiting.delete(ticket)) give(error, client, release);
      else client?.release();
    };
  }

  #noteFailure(error: unknown): void {
    if (outageOf(error) !== "crowded") markConnectionError(error);
    void this.#watch.ask();
  }

  #keep(client: WatchedClient): void {
    this.#clients.add(client);
    client.on("error", () => void this.#watch.ask());
    client.onRefusal((state) => {
      if (state === readOnly) this.#renew();
    });
  }

  #look(): void {
    for (const client of this.#clients) {
      if (client.silentFor < suspiciousAfterMs) continue;
      if (!this.#watch.away) return void this.#watch.ask();
      client.endIfSilent(suspiciousAfterMs);
    }
  }

  #renew(): void {
    if (performance.now() - this.#renewedAt < renewAgainMs) return;
    this.#renewedAt = performance.now();
    for (const client of this.#clients) {
      if (this.#inUse.has(client)) this.#retired.add(client);
      else cutConnection(client);
    }
  }
}
