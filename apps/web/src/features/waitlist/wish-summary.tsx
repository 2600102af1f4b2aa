"use client";

import type { ReactNode } from "react";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { clockOf, dayPartOf } from "./day-part.ts";

interface WishSummaryProps {
  wish: { fromDate: string; toDate: string; startMinute: number; endMinute: number };
  serviceName: string;
  /** Null: whoever is free. */
  providerName: string | null;
  siteName: string;
  siteAddress: string | null;
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 py-2.5 @md:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** What was asked for, in full. */
export function WishSummary({ wish, serviceName, providerName, siteName, siteAddress }: WishSummaryProps) {
  const t = useTranslations("waitlist");
  const locale = useLocale();
  const { fromDate, toDate } = wish;
  const part = dayPartOf(wish);
  return (
    <dl className="divide-y rounded-xl border bg-surface px-4 py-1.5">
      <Line label={t("wish.what")}>{serviceName}</Line>
      <Line label={t("wish.who")}>{providerName ?? t("wish.anyone")}</Line>
      <Line label={t("wish.where")}>
        {siteName}
        {siteAddress && <span className="block text-muted-foreground">{siteAddress}</span>}
      </Line>
      <Line label={t("wish.days")}>
        <span className="block first-letter:uppercase">
          {fromDate === toDate
            ? longDate(fromDate, locale)
            : t("wish.span", { from: longDate(fromDate, locale), to: longDate(toDate, locale) })}
        </span>
      </Line>
      <Line label={t("wish.times")}>
        {part
          ? t(`part.${part}`)
          : t("wish.between", { from: clockOf(wish.startMinute), to: clockOf(wish.endMinute) })}
      </Line>
    </dl>
  );
}
