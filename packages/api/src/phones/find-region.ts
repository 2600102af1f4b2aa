import type { TenantSql } from "@creneau/db/in-tenant";
import { dateFormat } from "@creneau/domain/time/date-format";
import { type CountryCode, getCountries } from "libphonenumber-js/max";

/** Where a place is, as far as its numbering plan goes. */
export interface Place {
  /** IANA zone. */
  timezone: string;
  postalCode?: string | null;
}

/** Overseas France by the first digits of its postal codes. */
const overseasByPostalCode: readonly [prefix: string, region: CountryCode][] = [
  ["97133", "BL"],
  ["97150", "MF"],
  ["971", "GP"],
  ["972", "MQ"],
  ["973", "GF"],
  ["974", "RE"],
  ["975", "PM"],
  ["976", "YT"],
  ["977", "BL"],
  ["978", "MF"],
  ["986", "WF"],
  ["987", "PF"],
  ["988", "NC"],
];
const overseas: ReadonlySet<string> = new Set(overseasByPostalCode.map(([, region]) => region));

let regionByZone: ReadonlyMap<string, CountryCode> | undefined;

/** The runtime knows the zones of each country; it knows no zone of two. */
function regionOfZone(timezone: string): CountryCode | undefined {
  regionByZone ??= new Map(
    getCountries().flatMap((region) => zonesOf(region).map((zone): [string, CountryCode] => [zone, region])),
  );
  // `Indian/Reunion` and its like go by another name there.
  return regionByZone.get(timezone) ?? regionByZone.get(canonicalZone(timezone));
}

function zonesOf(region: CountryCode): string[] {
  // Not in TypeScript's library yet.
  const locale = new Intl.Locale(`und-${region}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}

function canonicalZone(timezone: string): string {
  return dateFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
}

/**
 * The region whose numbers are dialled at a place without a prefix: that of its zone; within France, the postal code
 * tells overseas regions apart from one another and from what keeps the clock of Paris. Zones of no country are read as
 * France's.
 */
export function regionOfPlace({ timezone, postalCode }: Place): CountryCode {
  const byZone = regionOfZone(timezone) ?? "FR";
  if (byZone !== "FR" && !overseas.has(byZone)) return byZone;
  const code = postalCode?.replace(/\s/g, "") ?? "";
  const byCode = overseasByPostalCode.find(([prefix]) => /^\d{5}$/.test(code) && code.startsWith(prefix));
  return byCode?.[1] ?? byZone;
}

/** Of an appointment's site. */
export async function findSiteRegion(tx: TenantSql, siteId: string): Promise<CountryCode> {
  const [site] = await tx.query<Place>(
    `SELECT timezone, postal_code AS "postalCode" FROM site WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [tx.scope.organizationId, siteId],
    "place_of_site",
  );
  return site ? regionOfPlace(site) : "FR";
}

/**
 * Where somebody works who writes a number down without saying for which site: the region of the sites of their seat, if
 * it is one; else that of the organization's zone. `siteIds` null: every site.
 */
export async function findSeatRegion(tx: TenantSql, siteIds: readonly string[] | null): Promise<CountryCode> {
  const places = await tx.query<Place & { isSite: boolean }>(
    `SELECT DISTINCT timezone, postal_code AS "postalCode", true AS "isSite" FROM site
     WHERE organization_id = $1::uuid AND archived_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[]))
     UNION ALL SELECT timezone, NULL, false FROM organization WHERE id = $1::uuid`,
    [tx.scope.organizationId, siteIds],
    "places_of_seat",
  );
  const regions = new Set(places.filter(({ isSite }) => isSite).map(regionOfPlace));
  const own = places.find(({ isSite }) => !isSite);
  const [only] = regions.size === 1 ? regions : [];
  return only ?? (own ? regionOfPlace(own) : "FR");
}
