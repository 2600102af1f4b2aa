"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../trpc/react.ts";

/** More than a screen of rows names. */
const limit = 2000;

/** The names of these sites by id, and of no others: a network has thousands. */
export function useSiteNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const wished = [...new Set(ids)].toSorted().slice(0, limit);
  const query = trpc.directory.sites.list.useQuery(
    { ids: wished },
    { enabled: wished.length > 0, staleTime: 300_000, placeholderData: keepPreviousData },
  );
  return new Map(query.data?.items.map(({ id, name }) => [id, name]));
}
