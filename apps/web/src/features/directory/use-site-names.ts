"use client";

import { trpc } from "../../trpc/react.ts";
import { idChunks } from "./id-chunks.ts";

/** The names of these sites by id, and of no others: a network has thousands. */
export function useSiteNames(ids: Iterable<string | null | undefined>): ReadonlyMap<string, string> {
  const queries = trpc.useQueries((t) =>
    idChunks(ids).map((chunk) => t.directory.sites.list({ ids: chunk }, { staleTime: 5 * 60_000 })),
  );
  return new Map(queries.flatMap(({ data }) => data?.items.map(({ id, name }) => [id, name] as const) ?? []));
}
