"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { mondayOf } from "../time/calendar-period.ts";
import { weekdayName } from "../time/format-time.ts";
import { dateAfterKey, monthWeeks } from "../time/month-weeks.ts";
import { noonOf, plusDays } from "../time/wall-time.ts";
import { dateRange } from "./dated-items.ts";
import { MonthDay, type MonthDayFacts } from "./month-day.tsx";

/** A chosen stretch of days: where it began, and where it was taken to. */
export type DaySelection = { anchor: string; head: string };

type MonthCalendarProps = {
  selection: DaySelection;
  today: string;
  factsOf: (date: string) => MonthDayFacts;
  onSelect: (selection: DaySelection) => void;
  /** Enter and a double click: add something for the chosen days. */
  onOpen: () => void;
};

/**
 * A month to choose a day or a stretch of days from: drag, or Shift with a click or an arrow. One tab stop; arrows go
 * by day and week, Page Up and Down by month, Home and End within the week (date grid of WAI-ARIA).
 */
export function MonthCalendar({ selection, today, factsOf, onSelect, onOpen }: MonthCalendarProps) {
  const t = useTranslations("availability.dated");
  const locale = useLocale();
  const grid = useRef<HTMLTableElement>(null);
  const shouldFocus = useRef(false);
  const isDragging = useRef(false);
  const { anchor, head } = selection;
  const { from, until } = dateRange(anchor, head);
  const month = head.slice(0, 7);
  const title = dateFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(noonOf(head));

  useEffect(() => {
    if (shouldFocus.current) grid.current?.querySelector<HTMLElement>(`[data-date="${head}"]`)?.focus();
    shouldFocus.current = false;
  }, [head]);
  useEffect(() => {
    const release = () => {
      isDragging.current = false;
    };
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    return () => {
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
  }, []);

  const goTo = (date: string, isRange: boolean) => onSelect({ anchor: isRange ? anchor : date, head: date });
  const turn = (key: "PageUp" | "PageDown") => goTo(dateAfterKey(head, key) ?? head, false);

  function press(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      return onOpen();
    }
    const next = dateAfterKey(head, event.key);
    if (!next) return;
    event.preventDefault();
    shouldFocus.current = true;
    goTo(next, event.shiftKey);
  }

  return (
    <div className="@container">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 aria-live="polite" className="font-semibold first-letter:uppercase">
          {title}
        </h3>
        <div className="flex items-center">
          <Button
            variant="ghost"
            size="icon"
            className="size-11 sm:size-8"
            aria-label={t("previousMonth")}
            onClick={() => turn("PageUp")}
          >
            <ChevronLeft />
          </Button>
          <Button
            variant="ghost"
            size="small"
            className="h-11 sm:h-8"
            onClick={() => onSelect({ anchor: today, head: today })}
          >
            {t("today")}
          </Button>
          <Button
            variant="ghost"
            size="icon"
            className="size-11 sm:size-8"
            aria-label={t("nextMonth")}
            onClick={() => turn("PageDown")}
          >
            <ChevronRight />
          </Button>
        </div>
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a date grid is a table that can be walked
        role="grid"
        aria-label={title}
        aria-multiselectable
        className="w-full table-fixed select-none border-separate border-spacing-0.5"
        onKeyDown={press}
      >
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, day) => plusDays(mondayOf(head), day)).map((day) => (
              <th
                key={weekdayName(day, locale)}
                scope="col"
                abbr={weekdayName(day, locale, "long")}
                className="h-7 font-normal text-muted-foreground text-xs sm:pl-2.5 sm:text-left"
              >
                {weekdayName(day, locale).replace(".", "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(head).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <MonthDay
                  key={date}
                  date={date}
                  isOfMonth={date.startsWith(month)}
                  isToday={date === today}
                  isSelected={from <= date && date <= until}
                  isTabStop={date === head}
                  facts={date.startsWith(month) ? factsOf(date) : null}
                  onPress={(isRange) => {
                    isDragging.current = true;
                    goTo(date, isRange);
                  }}
                  onEnter={() => isDragging.current && goTo(date, true)}
                  onOpen={onOpen}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
