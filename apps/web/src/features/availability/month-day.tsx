"use client";

import { useLocale, useTranslations } from "next-intl";
import { joinClasses } from "../../components/join-classes.ts";
import { clockOfMinute } from "../time/format-time.ts";
import { longDate, windowsWords } from "./date-words.ts";
import { type DatedItem, itemKey } from "./dated-items.ts";
import { itemIcon, useItemWords } from "./item-words.ts";

/** What holds on a date, as stored. */
export type MonthDayFacts = {
  windows: readonly { startMinute: number; endMinute: number }[];
  items: readonly DatedItem[];
};

type MonthDayProps = {
  date: string;
  isOfMonth: boolean;
  isToday: boolean;
  isSelected: boolean;
  isTabStop: boolean;
  /** Null outside the month. */
  facts: MonthDayFacts | null;
  onPress: (isRange: boolean) => void;
  onEnter: () => void;
  onOpen: () => void;
};

function toneOf(item: DatedItem): string {
  if (item.kind === "exception" && item.windows.length > 0) return "text-accent";
  return item.kind === "timeOff" ? "text-warning" : "text-danger";
}

/** One day of the month: its hours, and the signs of what changes them. */
export function MonthDay(props: MonthDayProps) {
  const { date, isOfMonth, isToday, isSelected, isTabStop, facts, onPress, onEnter, onOpen } = props;
  const t = useTranslations("availability.dated");
  const locale = useLocale();
  const words = useItemWords();
  if (!isOfMonth || !facts) return <td />;
  const { windows, items } = facts;
  const isOpen = windows.length > 0;
  const hours = isOpen ? windowsWords(windows) : t("noHours");
  const label = [longDate(date, locale), hours, ...items.map(words.summary)].join(", ");
  const first = windows[0];
  const last = windows.at(-1);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the day's button inside takes the focus
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
      role="gridcell"
      aria-selected={isSelected}
      className="p-0 align-top"
    >
      <button
        type="button"
        data-date={date}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={label}
        aria-current={isToday ? "date" : undefined}
        title={items.map((item) => [words.what(item), item.reason].filter(Boolean).join(" – ")).join("\n")}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          // A finger keeps its pointer on the first cell; a drag is for the mouse.
          if (event.pointerType === "mouse") onPress(event.shiftKey);
        }}
        onPointerEnter={onEnter}
        onClick={(event) => {
          // The mouse has chosen on its way down; a finger and the keyboard choose now.
          if (event.detail === 0 || !isSelected) onPress(event.shiftKey);
        }}
        onDoubleClick={onOpen}
        className={joinClasses(
          "flex h-12 w-full flex-col items-center gap-0.5 rounded-lg border base:border-transparent px-1 pt-1 text-left transition-colors hover:base:bg-muted sm:h-15 sm:items-stretch sm:px-1.5",
          isOpen ? "base:bg-muted/60" : "text-muted-foreground",
          isSelected && "border-accent bg-accent/12 hover:bg-accent/16",
        )}
      >
        <span className="flex items-center justify-between gap-0.5">
          <span
            className={joinClasses(
              "tabular grid size-5 place-items-center rounded-full font-medium text-xs",
              isToday && "bg-accent text-accent-foreground",
            )}
          >
            {Number(date.slice(8))}
          </span>
          <span className="hidden gap-0.5 sm:flex">
            <Signs items={items} />
          </span>
        </span>
        <span className="flex gap-0.5 sm:hidden">
          <Signs items={items} />
        </span>
        {first && last && (
          <span className="tabular hidden truncate text-[11px] text-muted-foreground leading-4 @xl:block">
            {clockOfMinute(first.startMinute)}–{clockOfMinute(last.endMinute)}
          </span>
        )}
      </button>
    </td>
  );
}

function Signs({ items }: { items: readonly DatedItem[] }) {
  return items.slice(0, 3).map((item) => {
    const Icon = itemIcon(item);
    return <Icon key={itemKey(item)} aria-hidden className={joinClasses("size-3.5", toneOf(item))} />;
  });
}
