import { isValidZone } from "@creneau/domain/time/zone";
import { isLocalDate, isMonth } from "../time/local-date.ts";

/** Where a visitor is, as the address says. Everything but what they typed is in it. */
export interface BookingState {
  site: string | null;
  service: string | null;
  /** A provider's id; null: anyone. */
  provider: string | null;
  month: string | null;
  date: string | null;
  /** ISO start of the slot chosen. */
  slot: string | null;
  /** What it is about, as `aboutOf` writes it. */
  about: string | null;
  /** What the search for a site looks near: a postal code, a town, or a point. */
  near: string | null;
  /** A zone the visitor chose themselves. */
  zone: string | null;
  /** Set while they ask to be told when a place becomes free. */
  wait: string | null;
}

/** No appointment is looked for later than this; near the end of all dates their arithmetic would break. */
const beyond = "9000";

/** Reads the address; what makes no sense is left out. */
export function readState(query: URLSearchParams): BookingState {
  const month = query.get("month");
  const date = query.get("date");
  const slot = query.get("slot");
  const zone = query.get("tz");
  const start = new Date(slot ?? Number.NaN);
  return {
    site: query.get("site"),
    service: query.get("service"),
    provider: query.get("with"),
    month: isMonth(month) && month < beyond ? month : null,
    date: isLocalDate(date) && date < beyond ? date : null,
    slot: start.getTime() > 0 && start.getTime() < Date.parse(beyond) ? start.toISOString() : null,
    about: query.get("about"),
    near: query.get("near"),
    zone: zone && isValidZone(zone) ? zone : null,
    wait: query.get("wait"),
  };
}

const names = {
  site: "site",
  service: "service",
  provider: "with",
  month: "month",
  date: "date",
  slot: "slot",
  about: "about",
  near: "near",
  zone: "tz",
  wait: "wait",
} as const;

/** The query with some of it changed; other parameters (a campaign's, the embedding page's) stay. */
export function withState(query: URLSearchParams, changes: Partial<BookingState>): string {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(changes)) {
    const name = names[key as keyof BookingState];
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `?${text}` : "";
}

/** What another choice of service or site forgets. */
export const restart = { month: null, date: null, slot: null, provider: null } as const;

/** Where a network's visitor chooses a site. */
export function sitesAddress(basePath: string, query: URLSearchParams): string {
  return `${basePath}/sites${withState(query, { ...restart, site: null, service: null })}`;
}
