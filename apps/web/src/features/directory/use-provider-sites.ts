"use client";

import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** Where a provider of a large network works; nothing in an organization of ordinary size, whose lists are whole. */
export function useProviderSites(providerId: string | null | undefined): readonly string[] {
  const { hasManySites } = useViewer().organization;
  const { data } = trpc.directory.providers.list.useQuery(
    { ids: [providerId ?? ""] },
    { enabled: hasManySites && Boolean(providerId), staleTime: 5 * 60_000 },
  );
  return data?.items[0]?.siteIds ?? [];
}
