/** More than a process's visitors look at in a day. */
export const maxEntries = 4000;

/**
 * Keeps the newest entries, up to a total weight; the oldest make room. Without a `weigh` of their own all weigh the
 * same, and `maxEntries` are kept.
 */
export class BoundedMemory<Value> extends Map<string, Value> {
  readonly #weigh: (value: Value) => number;
  readonly #budget: number;
  #weight = 0;

  constructor({
    weigh = () => 1,
    budget = maxEntries,
  }: { weigh?: (value: Value) => number; budget?: number } = {}) {
    super();
    this.#weigh = weigh;
    this.#budget = budget;
  }

  override set(key: string, value: Value): this {
    this.delete(key);
    this.#weight += this.#weigh(value);
    super.set(key, value);
    for (const oldest of this.keys()) {
      if (this.#weight <= this.#budget || oldest === key) break;
      this.delete(oldest);
    }
    return this;
  }

  override delete(key: string): boolean {
    const value = this.get(key);
    if (value !== undefined) this.#weight -= this.#weigh(value);
    return super.delete(key);
  }

  override clear(): void {
    this.#weight = 0;
    super.clear();
  }
}
