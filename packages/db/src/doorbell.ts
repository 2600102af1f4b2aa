import type { Pool } from "pg";

/** PostgreSQL channel that says "look at the event log". */
export const doorbellChannel = "creneau_events";

/** How long commits are gathered before a ring: the first after a quiet moment goes out sooner. */
const gatherMs = { quiet: 5, busy: 15 };
/** A ring this long ago was no part of a stream. */
const quietAfterMs = 100;

/**
 * Rings after commits, once for many: a NOTIFY inside each booking's transaction would halve throughput, because
 * PostgreSQL serialises commits that notify. Losing a ring loses nothing; readers also poll.
 */
export class Doorbell {
  readonly #pool: Pool;
  #timer: NodeJS.Timeout | undefined;
  #ringing: Promise<unknown> = Promise.resolve();
  #rungAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Call after a commit that appended events. */
  ring(): void {
    if (this.#timer || this.#closed) return;
    // Each ring is a query here and a look at the log in every process: in a stream of commits they would cost as much
    // as the commits.
    const isQuiet = performance.now() - this.#rungAt > quietAfterMs;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#rungAt = performance.now();
        this.#ringing = this.#pool.query(`NOTIFY ${doorbellChannel}`).catch(() => undefined);
      },
      gatherMs[isQuiet ? "quiet" : "busy"],
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#ringing;
  }
}
