import type { DirectoryFilter } from "./queries.ts";

/** A page of a list, and where the next one starts; null after the last. Reads one row more than the page to know. */
export async function pageOf<Item>(
  filter: DirectoryFilter,
  list: (filter: DirectoryFilter) => Promise<Item[]>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const { limit } = filter;
  if (!limit) return { items: await list(filter), nextCursor: null };
  const rows = await list({ ...filter, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? idOf(items.at(-1)) : null };
}

function idOf(item: unknown): string | null {
  return typeof item === "object" && item !== null && "id" in item && typeof item.id === "string"
    ? item.id
    : null;
}
