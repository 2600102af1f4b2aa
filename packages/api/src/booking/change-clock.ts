import { maxEntries } from "./bounded-memory.ts";

/**
 * Tells whether what was read is still so. The clock ticks with every change; a reader notes what it says **before** a
 * read begins, so a change that arrives during the read outdates what was read.
 */
export class ChangeClock {
  #time = 1;
  /** What was read before this is outdated whatever it is. */
  #floor = 0;
  readonly #changed = new Map<string, number>();
  readonly #reads = new Map<string, { readFrom: number; done: Promise<unknown> }>();
  readonly #listeners = new Set<(keys: readonly string[] | null) => void>();

  /** Whether nothing of this has changed since. */
  isCurrent(keys: readonly string[], readFrom: number): boolean {
    if (readFrom < this.#floor) return false;
    for (const key of keys) if ((this.#changed.get(key) ?? 0) >= readFrom) return false;
    return true;
  }

  /** Calls back with the keys that have changed, null for all of them; returns how to stop. */
  onChange(listener: (keys: readonly string[] | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Notes a change this process has just made or met, before its event comes round. */
  outdate(...keys: string[]): void {
    this.#time += 1;
    if (this.#changed.size > maxEntries * 20) {
      this.#changed.clear();
      this.#floor = this.#time;
    }
    for (const key of keys) this.#changed.set(key, this.#time);
    for (const listener of this.#listeners) listener(keys);
  }

  /** Whatever was read before may be wrong. */
  protected outdateAll(): void {
    this.#time += 1;
    this.#changed.clear();
    this.#floor = this.#time;
    for (const listener of this.#listeners) listener(null);
  }

  protected get floor(): number {
    return this.#floor;
  }

  protected tick(): number {
    this.#time += 1;
    return this.#time;
  }

  /** Many who miss the same thing share one read, but never one that began before they asked. */
  protected async once(key: string, asked: number, read: (readFrom: number) => Promise<void>): Promise<void> {
    for (;;) {
      const running = this.#reads.get(key);
      if (!running) break;
      await running.done.catch(() => undefined);
      if (running.readFrom >= asked) return;
    }
    const readFrom = this.tick();
    const done = read(readFrom).finally(() => this.#reads.delete(key));
    this.#reads.set(key, { readFrom, done });
    await done;
  }
}
