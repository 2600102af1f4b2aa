"use client";

import { ChevronRight, MapPin, Phone, Video } from "lucide-react";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { rowClassName } from "../booking/choice-row.ts";
import type { PageView, PortalView } from "../booking/guest-client.ts";
import { price } from "../booking/price.ts";
import { servicesAt } from "../booking/start.ts";
import { prefillDraft } from "../booking/use-draft.ts";

const places = { in_person: MapPin, video: Video, phone: Phone } as const;

/** Another meeting with whom the client saw last: at the place, by video or by phone. Who they are is filled in already. */
export function BookAgain({
  page,
  siteSlug,
  client,
}: {
  page: PageView;
  /** Where they were last. */
  siteSlug: string | null;
  client: PortalView["client"];
}) {
  const t = useTranslations("portal");
  const locale = useLocale();
  const site = page.sites.find(({ slug }) => slug === siteSlug) ?? page.sites[0];
  const services = site ? servicesAt(page, site) : [];
  if (!site || services.length === 0) return null;
  return (
    <section aria-labelledby="again-title" className="flex flex-col gap-3">
      <h2 id="again-title" className="font-semibold text-lg">
        {t("again.title")}
      </h2>
      <p className="text-muted-foreground">
        {t("with", { name: page.provider?.name ?? page.organization.name })}
      </p>
      <ul className="grid gap-2 @2xl:grid-cols-2">
        {services.map(({ slug, name, durationMinutes, priceCents, currency, locationKind }) => {
          const kind = locationKind as keyof typeof places;
          const Place = places[kind];
          const query = new URLSearchParams({ site: site.slug, service: slug });
          return (
            <li key={slug}>
              <a
                href={`/${locale}/book/${encodeURIComponent(page.username)}?${query}`}
                onClick={() => prefillDraft(page.username, client)}
                className={`${rowClassName} h-full`}
              >
                <Place aria-hidden className="size-5 shrink-0 text-accent" />
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{name}</span>
                  <span className="block text-muted-foreground text-xs">
                    {[
                      t(`place.${kind}`),
                      t("minutes", { count: durationMinutes }),
                      ...(priceCents === null ? [] : [price(priceCents, { currency, locale })]),
                    ].join(" · ")}
                  </span>
                </span>
                <ChevronRight aria-hidden className="size-5 shrink-0 text-muted-foreground" />
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
