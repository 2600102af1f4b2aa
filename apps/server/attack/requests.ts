import type { Furnished } from "./furnish-site.ts";
import { type Answer, call, cursors, isReached, type Procedure } from "./procedures.ts";
import { samplesOf } from "./sample-input.ts";

const freeId = "00000000-0000-7000-8000-000000000000";

/** Requests that the procedure's schema takes: with each of the site's ids where a field's name does not say which. */
export function requestsFor({ name, schema }: Procedure, { ids }: Pick<Furnished, "ids">): unknown[] {
  if (!schema) return [undefined];
  const known = Object.values(ids);
  const samplesWith = (id: string) => samplesOf(schema, { id, byField: { ...ids, id } }, cursors);
  const [somewhere] = known;
  const isIdFree = !JSON.stringify(samplesWith(freeId)).includes(freeId);
  const samples = isIdFree && somewhere ? samplesWith(somewhere) : known.flatMap(samplesWith);
  if (samples.length === 0) throw new Error(`${name} is never called: no sample satisfies its schema`);
  return samples;
}

/** Asks until a request comes past every door; answers it, or with how each was refused. */
export async function findWorking(
  procedure: Procedure,
  site: Furnished,
): Promise<{ request: unknown } | { refused: string[] }> {
  const refused: string[] = [];
  for (const request of requestsFor(procedure, site)) {
    const answer: Answer = await call(site.owner, procedure, request);
    if (isReached(procedure, answer)) return { request };
    refused.push(answer.text.slice(0, 200));
  }
  return { refused };
}

/** The same request about another site: each id of the one stands for its like at the other, where `only` says so. */
export function translated(
  request: unknown,
  from: Furnished,
  to: Furnished,
  only: (field: string) => boolean = () => true,
): unknown {
  if (request === undefined) return undefined;
  let text = JSON.stringify(request);
  for (const [field, id] of Object.entries(from.ids)) {
    const like = to.ids[field];
    if (like && id && only(field)) text = text.replaceAll(id, like);
  }
  return JSON.parse(text);
}

/** Fields whose ids stand in a request. */
export function fieldsIn(request: unknown, { ids }: Furnished): string[] {
  const text = JSON.stringify(request) ?? "";
  return Object.entries(ids)
    .filter(([field, id]) => field !== "organizationId" && id !== "" && text.includes(id))
    .map(([field]) => field);
}
