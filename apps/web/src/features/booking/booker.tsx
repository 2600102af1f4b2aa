"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "../../components/words.tsx";
import { AgainLink } from "./again-link.tsx";
import { restart, sitesAddress, withState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { SlotBooker } from "./slot-booker.tsx";
import { type BookingStart, servicesAt } from "./start.ts";

export interface BookerProps {
  page: PageView;
  /** Whose page it is, and where they meet: drawn on the server. */
  heading: ReactNode;
  place: ReactNode;
  /** Address of this page without its query: `/fr/book/claire-martin`. */
  basePath: string;
  start: BookingStart;
  /** When the server rendered, epoch milliseconds. */
  now: number;
  /** Shown inside another site. */
  isEmbedded?: boolean;
}

/** Day and time, then details; with the way back to what was chosen before. */
export function Booker({ isEmbedded = false, ...props }: BookerProps) {
  const { page, basePath, start } = props;
  const t = useTranslations("booking");
  const query = new URLSearchParams(useSearchParams());
  const hasServices = servicesAt(page, start.site).length > 1;
  const again = hasServices
    ? basePath + withState(query, { ...restart, service: null })
    : page.siteCount > 1 && sitesAddress(basePath, query);
  const target = [start.site.slug, start.service.slug].join();
  return (
    <SlotBooker key={target} {...props} isEmbedded={isEmbedded}>
      {again && <AgainLink href={again} label={hasServices ? t("service.change") : t("site.change")} />}
    </SlotBooker>
  );
}
