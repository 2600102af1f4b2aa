"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { ChevronLeft, ChevronRight } from "../../components/signs.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import {
  addDays,
  addMonths,
  isoWeekday,
  longDate,
  monthOf,
  monthTitle,
  sameDayOf,
  weekdayNames,
  weeksOf,
} from "../time/local-date.ts";
import { StateLink } from "./state-link.tsx";

interface MonthGridProps {
  month: string;
  selected: string | null;
  /** The day is shown beside the calendar without having been chosen: a phone shows no such day. */
  isImplied: boolean;
  /** Free slots by date; null while unknown. */
  counts: ReadonlyMap<string, number> | null;
  /** First and last date that can be asked for. */
  first: string;
  last: string;
  /** Where a day or another month is shown. */
  linkTo: (changes: { date: string | null; month: string }) => string;
  onSelect: (date: string) => void;
  onMonth: (month: string) => void;
}

const steps: Record<string, (date: string) => string> = {
  ArrowLeft: (date) => addDays(date, -1),
  ArrowRight: (date) => addDays(date, 1),
  ArrowUp: (date) => addDays(date, -7),
  ArrowDown: (date) => addDays(date, 7),
  Home: (date) => addDays(date, 1 - isoWeekday(date)),
  End: (date) => addDays(date, 7 - isoWeekday(date)),
  PageUp: (date) => sameDayOf(addMonths(monthOf(date), -1), date),
  PageDown: (date) => sameDayOf(addMonths(monthOf(date), 1), date),
};

/** A month as the date grid of WAI-ARIA: one tab stop, arrows move by day and week, Page Up and Down by month. */
export function MonthGrid({
  month,
  selected,
  isImplied,
  counts,
  first,
  last,
  linkTo,
  onSelect,
  onMonth,
}: MonthGridProps) {
  const t = useTranslations("booking.calendar");
  const locale = useLocale();
  const titleId = useId();
  const grid = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const shouldFocus = useRef(false);

  const within = (date: string) => (date < first ? first : date > last ? last : date);
  const firstOpen = counts && [...counts.keys()].sort().find((date) => monthOf(date) === month);
  const tabStop =
    [cursor, selected, firstOpen].find((date) => date && monthOf(date) === month) ??
    within(monthOf(first) === month ? first : `${month}-01`);

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus follows the cursor into a month that was just drawn
  useEffect(() => {
    // The month follows the cursor a moment later: until its day is drawn there is nothing to focus.
    const day = shouldFocus.current && grid.current?.querySelector<HTMLElement>(`[data-date="${cursor}"]`);
    if (!day) return;
    shouldFocus.current = false;
    day.focus();
  }, [cursor, month]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === " ") {
      event.preventDefault();
      (event.target as HTMLElement).click();
    }
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = within(step(tabStop));
    shouldFocus.current = true;
    setCursor(next);
    if (next === tabStop) grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
    if (monthOf(next) !== month) onMonth(monthOf(next));
  }

  // Late in a month a phone would show little else than what is over.
  const weeksToCome = weeksOf(month).filter((week) => week.some((date) => date >= first));
  const turn =
    "grid size-11 place-items-center rounded-full hover:bg-muted aria-disabled:opacity-30 aria-disabled:hover:bg-transparent";
  return (
    <div>
      <div className="mb-1 flex items-center justify-between">
        <h2 id={titleId} aria-live="polite" className="font-semibold text-base first-letter:uppercase">
          {monthTitle(month, locale)}
        </h2>
        <div className="-mr-2 flex">
          {([-1, 1] as const).map((step) => {
            const next = addMonths(month, step);
            const isOpen = next >= monthOf(first) && next <= monthOf(last);
            const Sign = step < 0 ? ChevronLeft : ChevronRight;
            return (
              <StateLink
                key={step}
                className={turn}
                aria-label={t(step < 0 ? "previousMonth" : "nextMonth")}
                href={isOpen ? linkTo({ month: next, date: null }) : undefined}
                onFollow={() => onMonth(next)}
              >
                <Sign aria-hidden className="size-5" />
              </StateLink>
            );
          })}
        </div>
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a date grid is a table that can be walked
        role="grid"
        aria-labelledby={titleId}
        aria-busy={counts === null}
        className="w-full table-fixed border-separate border-spacing-0.5"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {weekdayNames(locale).map(({ short, long }) => (
              <th
                key={long}
                scope="col"
                abbr={long}
                className="h-8 font-normal text-muted-foreground text-xs"
              >
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksToCome.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the day's button inside takes the focus
                <td
                  key={date}
                  // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid above
                  role="gridcell"
                  aria-selected={date === selected}
                  className="p-0 text-center"
                >
                  {monthOf(date) === month && (
                    <Day
                      date={date}
                      count={date < first || date > last ? 0 : (counts?.get(date) ?? (counts ? 0 : null))}
                      isSelected={date === selected}
                      isImplied={isImplied}
                      isPast={date < first}
                      isToday={date === first}
                      isTabStop={date === tabStop}
                      href={linkTo({ date, month })}
                      onChoose={() => {
                        setCursor(date);
                        onSelect(date);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps {
  date: string;
  /** Null while unknown. */
  count: number | null;
  isSelected: boolean;
  isImplied: boolean;
  isPast: boolean;
  isToday: boolean;
  isTabStop: boolean;
  href: string;
  onChoose: () => void;
}

/** A day without slots can be reached, and says so, but not chosen. */
function Day({ date, count, isSelected, isImplied, isPast, isToday, isTabStop, href, onChoose }: DayProps) {
  const t = useTranslations("booking.calendar");
  const locale = useLocale();
  const label = count === null ? longDate(date, locale) : t("day", { date: longDate(date, locale), count });
  return (
    <StateLink
      data-date={date}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={label}
      aria-current={isToday ? "date" : undefined}
      title={count === 0 ? t("noneThatDay") : undefined}
      href={count ? href : undefined}
      onFollow={onChoose}
      className={joinClasses(
        "tabular relative grid h-11 place-content-center rounded-lg text-sm transition-colors",
        count ? "base:bg-accent/10 font-semibold hover:base:bg-accent/20" : "base:text-muted-foreground",
        count === 0 && !isPast && "line-through decoration-border-strong/60 decoration-1",
        isSelected && !isImplied && "bg-accent text-accent-foreground hover:bg-accent",
        isSelected && isImplied && "@2xl:bg-accent @2xl:text-accent-foreground @2xl:hover:bg-accent",
      )}
    >
      {Number(date.slice(8))}
      {isToday && (
        <span aria-hidden className="absolute inset-x-0 bottom-1.5 mx-auto size-1 rounded-full bg-current" />
      )}
    </StateLink>
  );
}
