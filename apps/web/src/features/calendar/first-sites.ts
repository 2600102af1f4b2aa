import type { Provider, Site } from "./appointment.ts";

/** More agendas than this side by side cannot be read. */
const readable = 12;

type FirstSitesRequest = {
  sites: readonly Pick<Site, "id">[];
  providers: readonly Pick<Provider, "id">[];
  /** Sites the member covers; empty means all. */
  own: readonly string[];
};

/** Sites to show to somebody who has not chosen: all of a small organization (none named), else one to begin with. */
export function firstSites({ sites, providers, own }: FirstSitesRequest): string[] {
  if (providers.length <= readable || sites.length < 2) return [];
  const first = sites.find((site) => own.length === 0 || own.includes(site.id));
  return first ? [first.id] : [];
}
