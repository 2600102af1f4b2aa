import { useLocale, useTranslations } from "next-intl";
import { ChevronRight } from "../../components/signs.tsx";
import { rowClassName } from "./choice-row.ts";
import type { PageView } from "./guest-client.ts";
import { price } from "./price.ts";
import { SoftLink } from "./soft-link.tsx";
import { type Site, servicesAt } from "./start.ts";

/** The first screen of everybody else: what for. */
export function ServiceChoice({
  page,
  site,
  linkTo,
}: {
  page: PageView;
  site: Site;
  linkTo: (service: string) => string;
}) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const services = servicesAt(page, site);
  return (
    <section aria-labelledby="service-title" className="flex flex-col gap-3">
      <h2 id="service-title" tabIndex={-1} className="font-semibold text-base">
        {t("service.title")}
      </h2>
      {services.length === 0 && <p className="text-muted-foreground">{t("service.none")}</p>}
      <ul className="flex flex-col gap-2">
        {services.map(({ slug, name, description, durationMinutes, priceCents, currency, locationKind }) => (
          <li key={slug}>
            <SoftLink href={linkTo(slug)} className={rowClassName}>
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{name}</span>
                {description && <span className="block text-muted-foreground">{description}</span>}
                <span className="block text-muted-foreground text-xs">
                  {[
                    t("minutes", { count: durationMinutes }),
                    t(`place.${locationKind as "in_person" | "video" | "phone"}`),
                    ...(priceCents === null ? [] : [price(priceCents, { currency, locale })]),
                  ].join(" · ")}
                </span>
              </span>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-muted-foreground" />
            </SoftLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
