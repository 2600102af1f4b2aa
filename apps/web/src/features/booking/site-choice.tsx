"use client";

import { ChevronRight, MapPin, Search } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { inputClassName } from "../../components/input.tsx";
import { rowClassName } from "./choice-row.ts";
import { type FoundSite, guest, type PageView } from "./guest-client.ts";
import { shortDate } from "./local-date.ts";
import type { Site } from "./start.ts";
import { wallClock } from "./zone-clock.ts";

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** The first screen of a network: at which site. A postal code finds those that are free soonest around it. */
export function SiteChoice({ page, linkTo }: { page: PageView; linkTo: (site: string) => string }) {
  const t = useTranslations("booking.site");
  const locale = useLocale();
  const searchId = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<FoundSite[] | null>(null);
  const words = fold(text).split(/\s+/).filter(Boolean);
  const matching = page.sites.filter((site) => {
    const hay = fold([site.name, site.city, site.postalCode, site.address].join(" "));
    return words.every((word) => hay.includes(word));
  });

  async function search(next: string) {
    setText(next);
    setFound(null);
    const serviceSlug = page.services[0]?.slug;
    if (!/^\d{5}$/.test(next.trim()) || !serviceSlug) return;
    const question = {
      organizationSlug: page.organization.slug,
      serviceSlug,
      postalCode: next.trim(),
      radiusKm: 100,
      starts: 1,
    };
    const answer = await guest.query("search", question).catch(() => null);
    setFound(answer?.sites ?? null);
  }

  return (
    <section aria-labelledby={`${searchId}-title`} className="flex flex-col gap-3">
      <h2 id={`${searchId}-title`} tabIndex={-1} className="font-semibold text-base">
        {t("title")}
      </h2>
      <div className="relative">
        <label htmlFor={searchId} className="sr-only">
          {t("search")}
        </label>
        <Search aria-hidden className="absolute top-3.5 left-3 size-4 text-muted-foreground" />
        <input
          id={searchId}
          type="search"
          inputMode="text"
          autoComplete="postal-code"
          placeholder={t("search")}
          className={classNames(inputClassName, "h-11 pl-9 text-base")}
          value={text}
          onChange={({ target }) => void search(target.value)}
        />
      </div>
      <ul className="flex flex-col gap-2">
        {found
          ? found.map(({ site, distanceKm, slots }) => (
              <SiteRow key={site.slug} site={site} href={linkTo(site.slug)}>
                <span className="block text-sm">
                  {t("distance", { km: distanceKm < 10 ? distanceKm : Math.round(distanceKm) })}
                  {slots[0] && ` · ${t("firstAt", wordsOf(slots[0].startsAt, site.timezone, locale))}`}
                </span>
              </SiteRow>
            ))
          : matching.map((site) => <SiteRow key={site.slug} site={site} href={linkTo(site.slug)} />)}
      </ul>
      <p role="status" className="text-muted-foreground">
        {(found ?? matching).length === 0 ? t("none") : ""}
      </p>
    </section>
  );
}

function wordsOf(startsAt: string, zone: string, locale: string) {
  const { date, time } = wallClock(startsAt, zone);
  return { date: shortDate(date, locale), time };
}

function SiteRow({
  site,
  href,
  children,
}: {
  site: Pick<Site, "name" | "address" | "postalCode" | "city">;
  href: string;
  children?: ReactNode;
}) {
  return (
    <li>
      <Link href={href} prefetch={false} className={rowClassName}>
        <MapPin aria-hidden className="size-5 shrink-0 text-accent" />
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{site.name}</span>
          <span className="block text-muted-foreground">
            {[site.address, [site.postalCode, site.city].filter(Boolean).join(" ")]
              .filter(Boolean)
              .join(", ")}
          </span>
          {children}
        </span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      </Link>
    </li>
  );
}
