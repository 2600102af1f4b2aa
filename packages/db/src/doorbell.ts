import type { Pool } from "pg";

/** PostgreSQL channel that says "look at the event log". */
export const doorbellChannel = "creneau_events";

/**
 * Rings after commits, once for many: a NOTIFY inside each booking's transaction would halve throughput, because
 * PostgreSQL serialises commits that notify. Losing a ring loses nothing; readers also poll.
 */
export class Doorbell {
  readonly #pool: Pool;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #ringing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(pool: Pool, intervalMs = 5) {
    this.#pool = pool;
    this.#intervalMs = intervalMs;
  }

  /** Call after a commit that appended events. */
  ring(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ringing = this.#pool.query(`NOTIFY ${doorbellChannel}`).catch(() => undefined);
    }, this.#intervalMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#ringing;
  }
}
