"use client";

import { useDirectory } from "../directory/use-directory.ts";
import { useProviderSites } from "../directory/use-provider-sites.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** Whose hours the page shows: kept in the address, and one's own at first. */
export function useHoursChoice() {
  const url = useUrlState();
  const ownId = useViewer().providerId;
  const whose = url.get("provider") ?? ownId;
  const [workplace] = useProviderSites(whose);
  const askedSite = url.get("site") ?? workplace;
  const directory = useDirectory({
    providerIds: [whose ?? ""],
    siteIds: [askedSite ?? ""],
    within: askedSite ? [askedSite] : [],
  });
  const { sites, providers } = directory;
  const wished = directory.providerById.get(url.get("provider") ?? "");
  const own = ownId ? directory.providerById.get(ownId) : undefined;
  const site =
    directory.siteById.get(url.get("site") ?? "") ??
    sites.find(({ id }) => (wished ?? own ?? providers[0])?.siteIds.includes(id)) ??
    sites[0];
  const atSite = providers.filter(({ siteIds }) => site && siteIds.includes(site.id));
  const provider = [wished, own].find((each) => each && atSite.includes(each)) ?? atSite[0];
  const isSite = url.get("hours") === "site" || !provider;
  return {
    directory,
    site,
    provider: isSite ? undefined : provider,
    providers: atSite,
    chooseSite: (id: string) => url.update({ site: id }),
    chooseProvider: (id: string) => url.update({ provider: id, site: site?.id, hours: null }),
    chooseKind: (kind: "provider" | "site") =>
      url.update({ hours: kind === "site" ? "site" : null, site: site?.id }),
  };
}

export type HoursChoice = ReturnType<typeof useHoursChoice>;
