"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { type CalendarView, periodTitle, weekNumber } from "../time/calendar-period.ts";

const DatePopover = dynamic(() => import("./date-popover.tsx"), { ssr: false });

type DateHeadingProps = {
  view: CalendarView;
  date: string;
  zone: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (date: string) => void;
};

/** The shown period as the page's heading, and a month under it to jump elsewhere. */
export function DateHeading({ view, date, zone, isOpen, onOpenChange, onPick }: DateHeadingProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const isNarrow = useIsNarrow();
  const heading = useRef<HTMLButtonElement>(null);
  const titleOf = (isBrief: boolean) => periodTitle({ view, date, zone, locale, isBrief });
  return (
    <h1 aria-live="polite" className="min-w-0 font-semibold text-base max-sm:-order-1 max-sm:flex-1">
      <button
        ref={heading}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => onOpenChange(!isOpen)}
        className="group flex max-w-full items-center gap-1 rounded-md px-1.5 py-0.5 hover:bg-muted max-sm:-ml-1.5"
      >
        {!isNarrow && (
          <span className="@max-5xl:hidden truncate first-letter:uppercase">{titleOf(false)}</span>
        )}
        <span className={joinClasses("truncate first-letter:uppercase", !isNarrow && "@5xl:hidden")}>
          {titleOf(true)}
        </span>
        {(view === "week" || view === "list" || view === "team") && (
          <span className="ml-1 @7xl:inline hidden shrink-0 font-normal text-muted-foreground text-xs">
            {t("weekNumber", { number: weekNumber(date) })}
          </span>
        )}
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </button>
      {isOpen && <DatePopover {...{ heading, date, zone, onPick }} onClose={() => onOpenChange(false)} />}
    </h1>
  );
}
