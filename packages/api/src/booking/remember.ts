/** More than a process's visitors look at in a day. */
export const maxEntries = 4000;

/** Keeps the newest entries; the oldest makes room. */
export function remember<Value>(entries: Map<string, Value>, key: string, value: Value): Value {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string);
  return value;
}
