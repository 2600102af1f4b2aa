"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "../../components/button.tsx";
import type { Outputs } from "../../trpc/react.ts";
import { CopyDayMenu } from "./copy-day-menu.tsx";
import { windowsWords, windowWords } from "./date-words.ts";
import { isOutsideOpening } from "./open-windows.ts";
import {
  copyDay,
  type DraftRule,
  draftRule,
  nextWindow,
  type Period,
  type WindowProblem,
  windowsOf,
} from "./week-draft.ts";
import { type Weekday, weekdayWord } from "./weekdays.ts";
import { WindowFields } from "./window-fields.tsx";

type DayRowProps = {
  isoWeekday: Weekday;
  period: Period;
  rules: readonly DraftRule[];
  problems: ReadonlyMap<string, WindowProblem>;
  /** The site's usual hours, to remark what lies outside of them; none for the site's own week. */
  opening: Outputs["availability"]["openingHours"]["rules"];
  today: string;
  canChange: boolean;
  onChange: (rules: readonly DraftRule[]) => void;
};

/** One weekday: its windows, one more, and the way to other days. */
export function DayRow({
  isoWeekday,
  period,
  rules,
  problems,
  opening,
  today,
  canChange,
  onChange,
}: DayRowProps) {
  const t = useTranslations("availability.week");
  const locale = useLocale();
  const row = useRef<HTMLFieldSetElement>(null);
  const windows = windowsOf(rules, { isoWeekday, period });
  const day = weekdayWord(isoWeekday, locale);
  const next = nextWindow(windows);
  const date = period.validFrom && period.validFrom > today ? period.validFrom : today;

  /** After the change is drawn the focus goes to a field of this day: to its last window, or to "add". */
  function focusSoon(which: "last" | "add") {
    requestAnimationFrame(() => {
      const inputs = row.current?.querySelectorAll("input");
      const field = which === "last" ? inputs?.[inputs.length - 2] : null;
      // Selected, so that typing replaces the proposal.
      if (field) field.select();
      else row.current?.querySelector<HTMLElement>("[data-add]")?.focus();
    });
  }

  function add() {
    if (!next) return;
    onChange([...rules, draftRule({ ...next, isoWeekday, ...period })]);
    focusSoon("last");
  }

  function noteOf({ startMinute, endMinute }: DraftRule): string | undefined {
    if (startMinute === null || endMinute === null) return undefined;
    const isOutside = isOutsideOpening({ isoWeekday, startMinute, endMinute }, opening, date);
    if (!isOutside) return undefined;
    const open = opening.filter((rule) => rule.isoWeekday === isoWeekday);
    return open.length > 0 ? t("outside", { hours: windowsWords(open) }) : t("outsideClosed");
  }

  return (
    <fieldset
      ref={row}
      aria-label={day}
      className="grid grid-cols-[1fr_auto] items-start gap-x-3 gap-y-1 py-2.5 sm:grid-cols-[6rem_1fr_auto]"
    >
      <p className="flex h-11 items-center gap-3 font-medium sm:h-9">
        <span className="inline-block first-letter:uppercase">{day}</span>
        {windows.length === 0 && (
          <span className="font-normal text-muted-foreground sm:hidden">{t("closed")}</span>
        )}
      </p>
      <div className="max-sm:order-last max-sm:col-span-2">
        {!canChange && windows.length > 0 && (
          <p className="tabular flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1">
            {windows.map(({ key, startMinute, endMinute }) => (
              <span key={key}>
                {windowWords({ startMinute: startMinute ?? 0, endMinute: endMinute ?? 0 })}
              </span>
            ))}
          </p>
        )}
        {windows.length === 0 && (
          <p className="hidden h-9 items-center text-muted-foreground sm:flex">{t("closed")}</p>
        )}
        {canChange && windows.length > 0 && (
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            {windows.map((window, index) => (
              <WindowFields
                key={window.key}
                window={window}
                name={t("window", { day, number: index + 1 })}
                problem={problems.get(window.key)}
                note={noteOf(window)}
                onChange={(changed) =>
                  onChange(rules.map((rule) => (rule.key === changed.key ? changed : rule)))
                }
                onRemove={() => {
                  onChange(rules.filter(({ key }) => key !== window.key));
                  focusSoon(windows.length > 1 ? "last" : "add");
                }}
              />
            ))}
          </div>
        )}
      </div>
      {canChange && (
        <div className="flex sm:h-9 sm:items-center">
          <Button
            data-add
            variant="ghost"
            size="icon"
            className="size-11 text-muted-foreground hover:text-foreground sm:size-8"
            aria-label={t("add", { day })}
            title={t("add", { day })}
            disabled={!next}
            onClick={add}
          >
            <Plus />
          </Button>
          <CopyDayMenu
            isoWeekday={isoWeekday}
            onCopy={(to) => onChange(copyDay(rules, { isoWeekday, period, to }))}
          />
        </div>
      )}
    </fieldset>
  );
}
