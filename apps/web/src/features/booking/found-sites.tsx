"use client";

import { MapPin } from "../../components/signs.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import type { FoundSite } from "./guest-client.ts";
import { byDate } from "./slot-view.ts";
import { SoftLink } from "./soft-link.tsx";

/** Places with their first free starts, each a tap away. */
export function FoundSites({
  sites,
  isApproximate,
  linkTo,
}: {
  sites: readonly FoundSite[];
  /** The search knew only roughly where to look from. */
  isApproximate: boolean;
  /** To a place, or straight to one of its starts. */
  linkTo: (site: string, startsAt?: string) => string;
}) {
  const t = useTranslations("booking.site");
  function distance(km: number) {
    if (km < (isApproximate ? 5 : 1)) return t("close");
    return isApproximate || km >= 10
      ? t(isApproximate ? "distanceAbout" : "distance", { km: Math.round(km) })
      : t("distance", { km });
  }
  return (
    <ul className="flex flex-col gap-2">
      {sites.map(({ site, distanceKm, slots }) => (
        <li key={site.slug} data-site={site.slug} className="rounded-xl border bg-surface p-4">
          <SoftLink href={linkTo(site.slug)} className="-m-1 flex gap-3 rounded-lg p-1 hover:text-accent">
            <MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-semibold">{site.name}</span>
                <span className="tabular text-muted-foreground text-xs">{distance(distanceKm)}</span>
              </span>
              <span className="block text-muted-foreground">
                {[site.address, [site.postalCode, site.city].filter(Boolean).join(" ")]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </span>
          </SoftLink>
          <FirstStarts {...{ site, slots }} linkTo={(startsAt) => linkTo(site.slug, startsAt)} />
        </li>
      ))}
    </ul>
  );
}

/** The first starts of a place, by day. */
function FirstStarts({
  site,
  slots,
  linkTo,
}: Pick<FoundSite, "site" | "slots"> & { linkTo: (startsAt: string) => string }) {
  const t = useTranslations("booking.site");
  const locale = useLocale();
  return (
    <ul aria-label={t("firstSlots", { name: site.name })} className="mt-3 flex flex-col gap-3 pl-8">
      {[...byDate(slots, site.timezone)].map(([date, ofDay]) => (
        <li key={date}>
          <span className="mb-1 block text-muted-foreground text-xs first-letter:uppercase">
            {longDate(date, locale)}
          </span>
          <span className="grid grid-cols-3 gap-2">
            {ofDay.map(({ startsAt }) => {
              const { time } = wallClock(startsAt, site.timezone);
              return (
                <SoftLink
                  key={startsAt}
                  href={linkTo(startsAt)}
                  data-starts-at={startsAt}
                  aria-label={t("startAt", { date: longDate(date, locale), time, name: site.name })}
                  className="tabular grid h-11 place-items-center rounded-lg border border-accent/40 font-medium text-sm hover:border-accent hover:bg-accent/10"
                >
                  <time dateTime={startsAt}>{time}</time>
                </SoftLink>
              );
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
