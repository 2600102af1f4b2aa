import type { Database } from "./database.ts";

interface Running {
  /** Ends when the read does, however it ends. */
  over: Promise<unknown>;
  /** The read that begins then, for all who asked meanwhile. */
  next?: Promise<unknown>;
}

const running = new WeakMap<Database, Map<string, Running>>();

/**
 * Reads once for many who ask the same at the same time, as when everybody wants one slot. Nobody is answered by a read
 * that began before they asked: whoever comes while one runs shares the next. `key` says all that decides the answer,
 * its organization first; the answer belongs to all and must not be changed.
 */
export function shareRead<Answer>(
  database: Database,
  key: string,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const reads = running.get(database) ?? new Map<string, Running>();
  running.set(database, reads);
  const begin = (): Promise<Answer> => {
    const answer = read();
    const own: Running = { over: Promise.resolve() };
    own.over = answer
      .catch(() => undefined)
      .then(() => {
        if (!own.next) reads.delete(key);
      });
    reads.set(key, own);
    return answer;
  };
  const current = reads.get(key);
  if (!current) return begin();
  current.next ??= current.over.then(begin);
  return current.next as Promise<Answer>;
}
