import type { EventEmitter } from "node:events";
import { Client, type ClientConfig } from "pg";
import { cutConnection } from "./end-connection.ts";
import { markConnectionError, OutageError } from "./outage.ts";

/** A statement that brings no answer for this long has lost its server: PostgreSQL itself gives up sooner. */
const silenceMs = 12_000;
/** Greeting, encryption and password together. */
const connectMs = 4_000;
const lookMs = 500;

const connected = new Set<WatchedClient>();
let timer: NodeJS.Timeout | undefined;

function look(): void {
  for (const client of connected) client.endIfSilent();
}

export interface WatchedClientConfig extends ClientConfig {
  /** Milliseconds without an answer after which a connection is given up. */
  silenceMs?: number;
}

/**
 * A connection that ends by itself when its server falls silent in the middle of a statement: a network that swallows
 * packets and a server that is halted say nothing, for hours. One look at all connections twice a second instead of a
 * timer for each statement, which would cost more than the statement's own overhead here.
 */
export class WatchedClient extends Client {
  readonly #silenceMs: number;
  #askedAt = 0;
  #isWaiting = false;

  constructor(config?: string | WatchedClientConfig) {
    super(config);
    this.#silenceMs = (typeof config === "object" && config.silenceMs) || silenceMs;
    // Its statements are refused with this same error.
    this.on("error", markConnectionError);
    this.on("drain", () => {
      this.#isWaiting = false;
    });
    this.once("end", () => {
      connected.delete(this);
      if (connected.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
    this.once("connect", () => {
      connected.add(this);
      timer ??= setInterval(look, lookMs).unref();
    });
    const { connect, query } = this;
    this.connect = ((...given: Parameters<typeof connect>) => {
      const timer = setTimeout(
        () => cutConnection(this, new OutageError("stalled", "The database does not let anybody in")),
        connectMs,
      );
      this.once("connect", () => clearTimeout(timer));
      this.once("end", () => clearTimeout(timer));
      return connect.apply(this, given);
    }) as typeof connect;
    this.query = ((...given: Parameters<typeof query>) => {
      this.#askedAt = performance.now();
      this.#isWaiting = true;
      return query.apply(this, given);
    }) as typeof query;
  }

  /** Milliseconds since it was last asked something that it has not answered; 0 when nothing is open. */
  get silentFor(): number {
    return this.#isWaiting ? performance.now() - this.#askedAt : 0;
  }

  /** Gives the connection up when it has been silent for longer than `limitMs`. */
  endIfSilent(limitMs = this.#silenceMs): void {
    if (this.silentFor < limitMs) return;
    this.#isWaiting = false;
    cutConnection(this, new OutageError("stalled", "The database has not answered for too long"));
  }

  /** Calls with the SQLSTATE of whatever the server refuses. */
  onRefusal(listener: (state: string) => void): void {
    const { connection } = this as unknown as { connection: EventEmitter };
    connection.on("errorMessage", ({ code }: { code: string }) => listener(code));
  }
}
