"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { trpc } from "../../trpc/react.ts";

/** The sites a seat covers, in words: all of them, their names while these are few, else how many. */
export function useSiteNames() {
  const t = useTranslations("members");
  const sites = trpc.directory.sites.list.useQuery(undefined, { staleTime: 5 * 60_000 }).data?.items;
  const nameById = useMemo(() => new Map(sites?.map(({ id, name }) => [id, name])), [sites]);
  return (siteIds: readonly string[]): string => {
    if (siteIds.length === 0) return t("allSites");
    const names = siteIds.flatMap((id) => nameById.get(id) ?? []);
    return siteIds.length <= 2 && names.length === siteIds.length
      ? names.join(", ")
      : t("someSites", { count: siteIds.length });
  };
}
