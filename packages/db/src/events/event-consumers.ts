import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database.ts";
import { type ConsumedBatch, consumeBatch, registerConsumers } from "./consume-batch.ts";
import { DoorbellListener } from "./doorbell-listener.ts";
import type { EventConsumer, ReactionFailure } from "./event-consumer.ts";
import type { LogWitness } from "./event-log.ts";

/** A whole batch is one statement of PostgreSQL's: a fifth of a second at most. */
const maxRows = 1000;
const pollMs = 250;
/** Between two looks at a log that is being written: many commits are one batch, and reactions are no rush. */
const restMs = 40;
/** After a fault of the database: it is away, or busy with worse. */
const faultRestMs = 1000;

/** What consumers report; the worker logs it. */
export interface EventConsumersEvents {
  onFailure(failure: ReactionFailure): void;
  /** A consumer's batch failed as a whole and will be tried again; nothing of it was done. */
  onError(error: unknown, consumer: string): void;
}

interface EventConsumersOptions {
  database: Database;
  consumers: readonly EventConsumer[];
  events: EventConsumersEvents;
  /** Other delays before further tries than the usual ones, in seconds. */
  retryDelays?: readonly number[];
  /** What this process's reader has seen of the log (`EventLog.witness`). */
  witness?: () => LogWitness | null;
}

/**
 * Works the consumers until closed, each by itself. Any number of processes may: one of them works on a consumer at a
 * time, the others find nothing to do. `close` waits for batches in progress.
 */
export async function startEventConsumers({
  database,
  consumers,
  events,
  retryDelays: delays,
  witness,
}: EventConsumersOptions): Promise<{ close(): Promise<void> }> {
  await registerConsumers(database, consumers);
  const closing = new AbortController();
  const loops = consumers.map(
    (consumer) =>
      new ConsumerLoop({
        closing: closing.signal,
        step: () =>
          consumeBatch(database, {
            consumer,
            maxRows,
            ...(delays && { delays }),
            ...(witness && { witness }),
          }),
        onFailure: events.onFailure,
        onError: (error) => events.onError(error, consumer.name),
      }),
  );
  const working = loops.map((loop) => loop.run());
  const doorbell = new DoorbellListener({
    url: database.url,
    onRing: () => {
      for (const loop of loops) loop.wake();
    },
  });
  await doorbell.open();
  return {
    async close() {
      closing.abort();
      for (const loop of loops) loop.wake();
      await Promise.all([doorbell.close(), ...working]);
    },
  };
}

interface LoopParts {
  closing: AbortSignal;
  step: () => Promise<ConsumedBatch>;
  onFailure: (failure: ReactionFailure) => void;
  onError: (error: unknown) => void;
}

/** Repeats a consumer's batches: at once while there is more, else when the doorbell rings or after a while. */
class ConsumerLoop {
  readonly #parts: LoopParts;
  #isRung = false;
  #wake: (() => void) | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  wake(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  async run(): Promise<void> {
    const { closing, step, onFailure, onError } = this.#parts;
    while (!closing.aborted) {
      this.#isRung = false;
      try {
        const { hasMore, failures } = await step();
        for (const failure of failures) onFailure(failure);
        if (hasMore) continue;
      } catch (error) {
        onError(error);
        await this.#pause(faultRestMs);
      }
      await this.#pause(restMs);
      if (!this.#isRung && !closing.aborted) await this.#untilRung();
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#parts.closing }).catch(() => undefined);
  }

  #untilRung(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.#wake = undefined;
    });
  }
}
