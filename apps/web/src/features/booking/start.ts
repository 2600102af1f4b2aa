import { addDays, addMonths, monthOf } from "../time/local-date.ts";
import type { PageView, SlotAnswer } from "./guest-client.ts";
import type { Slot } from "./slot-view.ts";
import type { Period } from "./slots-key.ts";

export type Site = PageView["sites"][number];
export type Service = PageView["services"][number];

/** What the server found for the place and the service in the address: enough to draw the first month at once. */
export interface BookingStart {
  site: Site;
  service: Service;
  /** Which slots `answer` holds, as `slotsKey` names it. */
  key: string;
  answer: SlotAnswer;
  /** The first slot that can be booked; null: none up to the horizon. */
  first: Slot | null;
}

/** The site the address names, or the only one. */
export function chosenSite(page: PageView, slug: string | null): Site | null {
  if (page.siteCount === 1) return page.sites[0] ?? null;
  return (slug && page.sites.find((site) => site.slug === slug)) || null;
}

/** What can be booked at a site. */
export function servicesAt(page: PageView, site: Site): Service[] {
  return page.services.filter(({ slug }) => site.serviceSlugs.includes(slug));
}

/** The service the address names, or the only one. */
export function chosenService(page: PageView, site: Site, slug: string | null): Service | null {
  const services = servicesAt(page, site);
  return services.length === 1
    ? (services[0] ?? null)
    : (services.find((service) => service.slug === slug) ?? null);
}

/** Who can be asked for by name at a site, for a service; empty on a provider's own page. */
export function providersAt(page: PageView, site: Site, service: Service) {
  if (page.kind === "provider") return [];
  return page.providers.filter(
    ({ id, serviceSlugs }) => site.providerIds.includes(id) && serviceSlugs.includes(service.slug),
  );
}

/** The days of a month from today on. */
export function monthPeriod(month: string, { today, timezone }: { today: string; timezone: string }): Period {
  const first = `${month}-01`;
  return { from: first < today ? today : first, to: addDays(`${addMonths(month, 1)}-01`, -1), timezone };
}

/** The days among which the nearest other starts are looked for: a month's end is no end to them. */
export function periodAround(date: string, { today, timezone }: { today: string; timezone: string }): Period {
  const first = addDays(date, -7);
  return { from: first < today ? today : first, to: addDays(date, 21), timezone };
}

/** The month to show: the one asked for, else that of the day, else that of the first slot; never a past one. */
export function shownMonth({
  month,
  date,
  first,
  today,
}: {
  month: string | null;
  date: string | null;
  first: string | null;
  today: string;
}): string {
  const wanted = month ?? (date && monthOf(date)) ?? (first && monthOf(first)) ?? monthOf(today);
  return wanted < monthOf(today) ? monthOf(today) : wanted;
}
