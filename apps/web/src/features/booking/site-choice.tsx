"use client";

import { foldText } from "@creneau/domain/text/fold-text";
import { useSearchParams } from "next/navigation";
import { useId, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Select } from "../../components/select.tsx";
import { ChevronRight, MapPin } from "../../components/signs.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { type BookingState, restart, withState } from "./booking-state.ts";
import { aboutOf, serviceFor, subjectInput, subjectOf, subjectQuestions } from "./booking-subject.ts";
import { rowClassName } from "./choice-row.ts";
import { FoundSites } from "./found-sites.tsx";
import type { PageView } from "./guest-client.ts";
import { NearField } from "./near-field.tsx";
import { price } from "./price.ts";
import { isPoint, type SearchOrder } from "./site-search.ts";
import { SoftLink } from "./soft-link.tsx";
import type { Site } from "./start.ts";
import { SubjectQuestions } from "./subject-questions.tsx";
import { useBookingState } from "./use-booking-state.ts";
import { useSiteSearch } from "./use-site-search.ts";

const nearKm = 50;
const farKm = 200;

function matching(sites: readonly Site[], text: string): Site[] {
  const words = foldText(text).split(" ").filter(Boolean);
  return sites.filter((site) => {
    const hay = foldText([site.name, site.city, site.postalCode, site.address].join(" "));
    return words.every((word) => hay.includes(word));
  });
}

/**
 * The first screen of a network: at which site. Whoever says where they are sees the places around them with their first
 * free starts; before that, and for what is no place, the sites by name.
 */
export function SiteChoice({ page, basePath }: { page: PageView; basePath: string }) {
  const t = useTranslations("booking.site");
  const tBooking = useTranslations("booking");
  const locale = useLocale();
  const titleId = useId();
  const status = useRef<HTMLParagraphElement>(null);
  const { state, change } = useBookingState();
  const query = new URLSearchParams(useSearchParams());
  const linkTo = (changes: Partial<BookingState>) => basePath + withState(query, { ...restart, ...changes });
  const [near, setNear] = useState(state.near ?? "");
  const [order, setOrder] = useState<SearchOrder>("earliest");
  const [radiusKm, setRadius] = useState(nearKm);
  const service = page.services.find(({ slug }) => slug === state.service) ?? page.services[0];
  // A start is held from here: what changes its length and its price is asked before.
  const subject = service ? subjectOf(state, service) : {};
  const offer = service && serviceFor(service, subject);
  const search = useSiteSearch({
    username: page.username,
    serviceSlug: service?.slug ?? null,
    ...subjectInput(subject),
    near,
    order,
    radiusKm,
  });
  const named = isPoint(near) ? [] : matching(page.sites, near);
  const isFound = search.state === "found" && search.sites.length > 0;
  const isEmpty = search.state === "found" && search.sites.length === 0;
  const isSearching = search.state === "searching" && named.length === 0;

  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-3">
      <h2 id={titleId} tabIndex={-1} className="font-semibold text-base">
        {t("title")}
      </h2>
      <NearField
        near={near}
        onNear={(next) => {
          setNear(next);
          setRadius(nearKm);
          change({ near: next.trim() || null }, "replace");
        }}
      />
      {service && offer && (isFound || isEmpty) && (
        <div className="flex flex-col gap-3">
          {page.services.length > 1 && (
            <Field label={t("service")}>
              {(control) => (
                <Select
                  {...control}
                  className="h-11 text-base"
                  value={service.slug}
                  onChange={({ target }) => change({ service: target.value }, "replace")}
                >
                  {page.services.map(({ slug, name }) => (
                    <option key={slug} value={slug}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <SubjectQuestions
            questions={subjectQuestions(service)}
            subject={subject}
            onChange={(next) => change({ about: aboutOf(next) }, "replace")}
          />
          <div className="grid items-center gap-3 @md:grid-cols-2">
            <p data-offer className="text-muted-foreground">
              {[
                page.services.length === 1 && service.name,
                tBooking("minutes", { count: offer.durationMinutes }),
                offer.priceCents !== null && price(offer.priceCents, { currency: offer.currency, locale }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
            {isFound && <OrderChoice order={order} onOrder={setOrder} />}
          </div>
        </div>
      )}
      <p
        ref={status}
        tabIndex={-1}
        role="status"
        className="self-start rounded text-muted-foreground empty:hidden"
      >
        {isFound
          ? t("found", { count: search.sites.length })
          : isEmpty
            ? t("noneNear", { km: radiusKm })
            : search.state === "failed" && named.length === 0
              ? t("failed")
              : search.state !== "searching" && near.trim() !== "" && named.length === 0
                ? t("none")
                : ""}
      </p>
      {isSearching && ["a", "b", "c"].map((key) => <Skeleton key={key} className="h-28 rounded-xl" />)}
      {search.state === "found" ? (
        <FoundSites
          sites={search.sites}
          isApproximate={search.isApproximate}
          linkTo={(site, startsAt) =>
            linkTo({
              site,
              about: aboutOf(subject),
              ...(startsAt && { service: service?.slug ?? null, slot: startsAt }),
            })
          }
        />
      ) : (
        <ul className="flex flex-col gap-2">
          {named.map((site) => (
            <li key={site.slug}>
              <SoftLink href={linkTo({ site: site.slug })} className={rowClassName}>
                <MapPin aria-hidden className="size-5 shrink-0 text-accent" />
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{site.name}</span>
                  <span className="block text-muted-foreground">
                    {[site.address, [site.postalCode, site.city].filter(Boolean).join(" ")]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </span>
                <ChevronRight aria-hidden className="size-5 shrink-0 text-muted-foreground" />
              </SoftLink>
            </li>
          ))}
        </ul>
      )}
      {(isFound || isEmpty) && radiusKm < farKm && (
        <button
          type="button"
          onClick={() => {
            setRadius(farKm);
            // The button goes, and what is found is told up there.
            status.current?.focus();
          }}
          className={buttonVariants({ variant: "secondary", size: "large", className: "self-start" })}
        >
          {t("further")}
        </button>
      )}
      {page.siteCount > page.sites.length && near.trim() === "" && (
        <p className="text-muted-foreground">{t("more", { count: page.siteCount - page.sites.length })}</p>
      )}
    </section>
  );
}

/** What counts first among the places found. */
function OrderChoice({ order, onOrder }: { order: SearchOrder; onOrder: (order: SearchOrder) => void }) {
  const t = useTranslations("booking.site");
  return (
    <fieldset className="flex rounded-md border bg-surface p-0.5">
      <legend className="sr-only">{t("order.label")}</legend>
      {(["earliest", "nearest"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={order === each}
          onClick={() => onOrder(each)}
          className={joinClasses(
            "h-11 flex-1 rounded px-2 text-sm",
            order === each ? "bg-accent/12 font-semibold" : "text-muted-foreground hover:bg-muted",
          )}
        >
          {t(`order.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
