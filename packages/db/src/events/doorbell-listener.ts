import { applicationRole } from "../database.ts";
import { doorbellChannel } from "../doorbell.ts";
import { endConnection } from "../end-connection.ts";
import { WatchedClient } from "../watched-client.ts";

const reconnectMs = 500;

/**
 * Hears the doorbell on a connection of its own, and comes back when that is cut. Whoever listens polls as well: what is
 * missed in between is late, never lost.
 */
export class DoorbellListener {
  readonly #url: string;
  readonly #onRing: () => void;
  #client: WatchedClient | undefined;
  #reconnectTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `onRing` is called at each ring, and once whenever the connection stands (again). */
  constructor({ url, onRing }: { url: string; onRing: () => void }) {
    this.#url = url;
    this.#onRing = onRing;
  }

  /** Resolves after the first attempt, whether it succeeded or not. */
  async open(): Promise<void> {
    const client = new WatchedClient({
      connectionString: this.#url,
      options: `-c role=${applicationRole}`,
      application_name: "creneau-doorbell",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    const reconnect = () => {
      if (this.#isClosed || this.#client !== client) return;
      this.#client = undefined;
      this.#reconnectTimer = setTimeout(() => void this.open(), reconnectMs);
    };
    client.on("error", reconnect);
    client.on("end", reconnect);
    client.on("notification", () => this.#onRing());
    this.#client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${doorbellChannel}`);
      this.#onRing();
    } catch {
      reconnect();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnectTimer);
    if (this.#client) await endConnection(this.#client);
  }
}
