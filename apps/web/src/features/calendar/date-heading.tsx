"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { Popover, PopoverContent, PopoverTrigger } from "../../components/popover.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type CalendarView, periodTitle, todayIn, weekNumber } from "./calendar-period.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

const MiniMonth = dynamic(() => import("./mini-month.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-72 w-64" />,
});

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
  const title = periodTitle({ view, date, zone, locale, isBrief: isNarrow });
  return (
    <h1
      aria-live="polite"
      className="min-w-0 font-semibold text-base max-sm:-order-1 max-sm:w-[calc(100%-6rem)]"
    >
      <Popover open={isOpen} onOpenChange={onOpenChange}>
        <PopoverTrigger className="group flex max-w-full items-center gap-1 rounded-md px-1.5 py-0.5 hover:bg-muted max-sm:-ml-1.5">
          <span className="truncate first-letter:uppercase">{title}</span>
          {(view === "week" || view === "list" || view === "team") && (
            <span className="ml-1 @7xl:inline hidden shrink-0 font-normal text-muted-foreground text-xs">
              {t("weekNumber", { number: weekNumber(date) })}
            </span>
          )}
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        </PopoverTrigger>
        <PopoverContent align="start" aria-label={t("goToDate")}>
          <MiniMonth
            date={date}
            today={todayIn(zone, new Date())}
            onPick={(day) => {
              onPick(day);
              onOpenChange(false);
            }}
          />
        </PopoverContent>
      </Popover>
    </h1>
  );
}
