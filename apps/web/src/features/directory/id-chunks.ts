/** Ids that one address holds with room to spare. */
const chunkSize = 100;

/** The ids, each once and in their order, in lists that a request can carry; what is none is left out. */
export function idChunks(ids: Iterable<string | null | undefined>): string[][] {
  const unique = [...new Set(ids)].filter((id): id is string => Boolean(id));
  return Array.from({ length: Math.ceil(unique.length / chunkSize) }, (_, at) =>
    unique.slice(at * chunkSize, (at + 1) * chunkSize),
  );
}
