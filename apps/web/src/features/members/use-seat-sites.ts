"use client";

import { useTranslations } from "next-intl";
import { useSiteNames } from "../directory/use-site-names.ts";

type Seat = { siteIds: readonly string[] };

/** With more sites than this a seat tells their number. */
const named = 2;

/** The sites each of these seats covers, in words: all of them, their names while these are few, else how many. */
export function useSeatSites(seats: readonly Seat[]): (seat: Seat) => string {
  const t = useTranslations("members");
  const nameById = useSiteNames(seats.flatMap(({ siteIds }) => (siteIds.length <= named ? siteIds : [])));
  return ({ siteIds }) => {
    if (siteIds.length === 0) return t("allSites");
    const names = siteIds.flatMap((id) => nameById.get(id) ?? []);
    return siteIds.length <= named && names.length === siteIds.length
      ? names.join(", ")
      : t("someSites", { count: siteIds.length });
  };
}
