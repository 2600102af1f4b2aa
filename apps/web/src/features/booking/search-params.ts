/** A page's query as Next gives it. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** The same as the platform's own type; of a repeated name the first counts. */
export function toQuery(params: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) query.set(name, first);
  }
  return query;
}
