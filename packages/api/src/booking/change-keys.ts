import type { SiteSetup } from "./site-setup.ts";

/* What an entry of the booking cache can depend on, as keys of the changes that outdate it. */

/** A provider's agenda. */
export const agendaKey = (providerId: string): string => `a:${providerId}`;
/** A site's rooms and capacity. */
export const siteKey = (siteId: string): string => `s:${siteId}`;
/** What a version counts: hours, services, people, external calendars. */
export const factsKey = (key: string): string => `f:${key}`;
/** An organization's names. */
export const namesKey = (organizationId: string): string => `n:${organizationId}`;

/** What a setup was read from. */
export function setupKeys(setup: SiteSetup): string[] {
  return setup.versionKeys.map(factsKey);
}

/** What answers about an organization as a whole depend on. */
export function organizationKeys(organizationId: string): string[] {
  return [namesKey(organizationId)];
}
