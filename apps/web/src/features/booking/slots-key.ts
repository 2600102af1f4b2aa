import type { Target } from "./guest-client.ts";

/** A stretch of days, both ends included, in a zone. */
export interface Period {
  from: string;
  to: string;
  timezone: string;
}

/** Names what was asked, so that an answer is never shown for another question. */
export function slotsKey(target: Target, { from, to, timezone }: Period): string {
  const { username, siteSlug, serviceSlug, providerId, subject } = target;
  return [username, siteSlug, serviceSlug, providerId, JSON.stringify(subject), from, to, timezone].join(" ");
}
