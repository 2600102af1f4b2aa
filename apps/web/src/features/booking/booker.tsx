"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { BookingAside } from "./booking-aside.tsx";
import { withState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { ServiceChoice } from "./service-choice.tsx";
import { SiteChoice } from "./site-choice.tsx";
import { SlotBooker } from "./slot-booker.tsx";
import { type BookingStart, chosenSite, servicesAt } from "./start.ts";

export interface BookerProps {
  page: PageView;
  /** Address of this page without its query: `/fr/book/claire-martin`. */
  basePath: string;
  /** What the server found for the address; null: a site or a service is to be chosen first. */
  start: BookingStart | null;
  /** When the server rendered, epoch milliseconds. */
  now: number;
  /** Shown inside another site. */
  isEmbedded?: boolean;
}

const restart = { month: null, date: null, slot: null, provider: null } as const;

/** The public page: service, day and time, details; then the confirmation, which is a page of its own. */
export function Booker({ page, basePath, start, now, isEmbedded = false }: BookerProps) {
  const t = useTranslations("booking");
  const query = new URLSearchParams(useSearchParams());
  const linkTo = (changes: Parameters<typeof withState>[1]) =>
    basePath + withState(query, { ...restart, ...changes });
  const site = chosenSite(page, query.get("site"));
  if (start) {
    const hasSites = page.siteCount > 1;
    const hasServices = servicesAt(page, start.site).length > 1;
    const again = hasServices
      ? linkTo({ service: null })
      : hasSites
        ? linkTo({ site: null, service: null })
        : null;
    const target = [start.site.slug, start.service.slug].join();
    return (
      <SlotBooker key={target} {...{ page, basePath, start, now, isEmbedded }}>
        {again && <Again href={again} label={hasServices ? t("service.change") : t("site.change")} />}
      </SlotBooker>
    );
  }
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-8">
      <BookingAside page={page} site={site} service={null} providerName={null} startsAt={null} zone={null}>
        {site && page.siteCount > 1 && (
          <div className="flex flex-wrap items-center justify-between gap-x-4 rounded-xl border bg-surface px-4">
            <span className="py-2.5 font-medium">{site.name}</span>
            <Again href={linkTo({ site: null, service: null })} label={t("site.change")} />
          </div>
        )}
      </BookingAside>
      {site ? (
        <ServiceChoice page={page} site={site} linkTo={(service) => linkTo({ service })} />
      ) : (
        <SiteChoice page={page} linkTo={linkTo} />
      )}
    </div>
  );
}

function Again({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded text-muted-foreground underline-offset-2 hover:text-foreground hover:underline"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {label}
    </Link>
  );
}
