/** A connection that lived this long was a good one: the next loss starts from zero. */
const goodAfterMs = 10_000;
/** Nobody waits longer than this for a server that is back. */
const longestMs = 5_000;

/**
 * How long to wait before connecting again. Counts connections that were accepted and dropped at once as failures too:
 * the socket client starts over at each accepted one, and would knock without pause at a server that lets nobody stay.
 * `random` in [0, 1) spreads the crowd that a restart of the server sends back.
 */
export function reconnectDelay({ now, random }: { now: () => number; random: () => number }) {
  let failures = 0;
  let openedAt: number | null = null;
  return {
    opened() {
      openedAt = now();
    },
    /** Milliseconds until the next attempt. */
    next(): number {
      failures = openedAt !== null && now() - openedAt >= goodAfterMs ? 0 : failures + 1;
      openedAt = null;
      if (failures <= 1) return Math.round(random() * 250);
      return Math.round(Math.min(250 * 2 ** (failures - 1), longestMs) * (0.75 + random() / 2));
    },
  };
}
