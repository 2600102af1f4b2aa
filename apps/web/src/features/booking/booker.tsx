"use client";

import { ArrowLeft } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { lazyPart } from "../../components/lazy-part.tsx";
import { restart, withState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { SlotBooker } from "./slot-booker.tsx";
import { SoftLink } from "./soft-link.tsx";
import { type BookingStart, chosenSite, servicesAt } from "./start.ts";

/** Only networks have it. */
const SiteChoice = lazyPart(() => import("./site-choice.tsx").then((part) => part.SiteChoice));

export interface BookerProps {
  page: PageView;
  /** Whose page it is, and where they meet once that is settled: drawn on the server. */
  heading: ReactNode;
  place: ReactNode;
  /** What can be booked at the site, for who has not chosen yet; drawn on the server too. */
  services: ReactNode;
  /** Address of this page without its query: `/fr/book/claire-martin`. */
  basePath: string;
  /** What the server found for the address; null: a site or a service is to be chosen first. */
  start: BookingStart | null;
  /** When the server rendered, epoch milliseconds. */
  now: number;
  /** Shown inside another site. */
  isEmbedded?: boolean;
}

/** The public page: service, day and time, details; then the confirmation, which is a page of its own. */
export function Booker({
  page,
  heading,
  place,
  services,
  basePath,
  start,
  now,
  isEmbedded = false,
}: BookerProps) {
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
      <SlotBooker key={target} {...{ page, heading, place, basePath, start, now, isEmbedded }}>
        {again && <Again href={again} label={hasServices ? t("service.change") : t("site.change")} />}
      </SlotBooker>
    );
  }
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-8">
      {heading}
      {site && page.siteCount > 1 && (
        <div className="-mt-4 flex flex-wrap items-center justify-between gap-x-4 rounded-xl border bg-surface px-4">
          <span className="py-2.5 font-medium">{site.name}</span>
          <Again href={linkTo({ site: null, service: null })} label={t("site.change")} />
        </div>
      )}
      {site ? services : <SiteChoice page={page} linkTo={linkTo} />}
    </div>
  );
}

function Again({ href, label }: { href: string; label: string }) {
  return (
    <SoftLink
      href={href}
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded text-muted-foreground underline-offset-2 hover:text-foreground hover:underline"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {label}
    </SoftLink>
  );
}
