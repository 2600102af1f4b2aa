"use client";

import { useTranslations } from "next-intl";
import { useDirectory } from "../directory/use-directory.ts";

/** The sites a seat covers, in words: all of them, their names while these are few, else how many. */
export function useSiteNames() {
  const t = useTranslations("members");
  const { siteById } = useDirectory();
  return (siteIds: readonly string[]): string => {
    if (siteIds.length === 0) return t("allSites");
    const names = siteIds.flatMap((id) => siteById.get(id)?.name ?? []);
    return siteIds.length <= 2 && names.length === siteIds.length
      ? names.join(", ")
      : t("someSites", { count: siteIds.length });
  };
}
