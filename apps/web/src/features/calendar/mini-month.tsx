"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { mondayOf } from "../time/calendar-period.ts";
import { weekdayName } from "../time/format-time.ts";
import { dateAfterKey, monthWeeks } from "../time/month-weeks.ts";
import { noonOf, plusDays } from "../time/wall-time.ts";

type MiniMonthProps = {
  /** The date the calendar shows, `YYYY-MM-DD`. */
  date: string;
  today: string;
  onPick: (date: string) => void;
};

/** A month to jump from: arrows go by day and week, Page Up and Down by month, Enter picks. */
export default function MiniMonth({ date, today, onPick }: MiniMonthProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const [shown, setShown] = useState(date);
  const grid = useRef<HTMLTableElement>(null);
  const hasMoved = useRef(true);
  const month = shown.slice(0, 7);
  const monthName = dateFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    noonOf(shown),
  );

  useEffect(() => {
    if (hasMoved.current) grid.current?.querySelector<HTMLElement>(`[data-date="${shown}"]`)?.focus();
    hasMoved.current = false;
  }, [shown]);

  function press(event: KeyboardEvent) {
    const next = dateAfterKey(shown, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    hasMoved.current = true;
    setShown(next);
  }

  const turn = (key: "PageUp" | "PageDown") => setShown(dateAfterKey(shown, key) ?? shown);
  return (
    <div className="w-64 max-sm:w-77">
      <div className="mb-1 flex items-center justify-between">
        <Button
          variant="ghost"
          size="icon"
          className="max-sm:size-11"
          aria-label={t("previousMonth")}
          onClick={() => turn("PageUp")}
        >
          <ChevronLeft />
        </Button>
        <p aria-live="polite" className="font-semibold first-letter:uppercase">
          {monthName}
        </p>
        <Button
          variant="ghost"
          size="icon"
          className="max-sm:size-11"
          aria-label={t("nextMonth")}
          onClick={() => turn("PageDown")}
        >
          <ChevronRight />
        </Button>
      </div>
      <table ref={grid} aria-label={monthName} className="w-full table-fixed">
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, day) => plusDays(mondayOf(date), day)).map((day) => (
              <th key={day} scope="col" className="py-1 font-normal text-muted-foreground text-xs">
                <abbr title={weekdayName(day, locale, "long")} className="no-underline">
                  {weekdayName(day, locale).slice(0, 2)}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(shown).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} className="p-0 text-center">
                  <button
                    type="button"
                    data-date={day}
                    tabIndex={day === shown ? 0 : -1}
                    aria-current={day === today ? "date" : undefined}
                    aria-label={dateFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(
                      noonOf(day),
                    )}
                    aria-pressed={day === date}
                    onKeyDown={press}
                    onClick={() => onPick(day)}
                    className={joinClasses(
                      "tabular size-8 max-sm:size-11 rounded-full hover:base:bg-muted",
                      !day.startsWith(month) && "base:text-muted-foreground",
                      day === today && day !== date && "text-accent",
                      day === today && "font-semibold",
                      day === date && "bg-accent text-accent-foreground",
                    )}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
