"use client";

import { CalendarRange, Pencil, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { dateSpan, shortDate } from "./date-words.ts";
import { PeriodDialog } from "./period-dialog.tsx";
import { Segments } from "./segments.tsx";
import {
  type DraftRule,
  isOfPeriod,
  isSamePeriod,
  type Period,
  periodsOf,
  type WindowProblem,
} from "./week-draft.ts";
import { currentPeriod, endPeriod, movePeriod, startPeriod } from "./week-periods.ts";

type PeriodBarProps = {
  rules: readonly DraftRule[];
  problems: ReadonlyMap<string, WindowProblem>;
  period: Period;
  today: string;
  canChange: boolean;
  onShow: (period: Period) => void;
  onChange: (rules: readonly DraftRule[]) => void;
};

/** Which of several weeks of hours is shown, and the way to have one more from a date on. */
export function PeriodBar({ rules, problems, period, today, canChange, onShow, onChange }: PeriodBarProps) {
  const t = useTranslations("availability.period");
  const locale = useLocale();
  const [isOpen, setIsOpen] = useState<"new" | "edit" | null>(null);
  const known = periodsOf(rules);
  // A week from which every window was taken is still the one being edited.
  const periods = known.some((each) => isSamePeriod(each, period)) ? known : [...known, period];
  const isBounded = period.validFrom !== null || period.validTo !== null;

  function nameOf({ validFrom, validTo }: Period): string {
    if (validFrom && validTo) return dateSpan(validFrom, validTo, locale);
    if (validFrom) return t("since", { date: shortDate(validFrom, locale) });
    return validTo ? t("upTo", { date: shortDate(validTo, locale) }) : t("always");
  }

  function choose(next: Period) {
    setIsOpen(null);
    if (isOpen === "edit") onChange(movePeriod(rules, period, next));
    else if (!known.some((each) => isSamePeriod(each, next))) onChange(startPeriod(rules, next));
    onShow(next);
  }

  function remove() {
    const rest = endPeriod(rules, period);
    onChange(rest);
    onShow(currentPeriod(rest, today));
  }

  if (!canChange && periods.length === 1 && !isBounded) return null;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      {(periods.length > 1 || isBounded) && (
        <Segments
          label={t("label")}
          value={String(periods.findIndex((each) => isSamePeriod(each, period)))}
          options={periods.map((each, index) => ({
            value: String(index),
            label: nameOf(each),
            hasProblem: rules.some((rule) => isOfPeriod(rule, each) && problems.has(rule.key)),
          }))}
          onChange={(index) => {
            const chosen = periods[Number(index)];
            if (chosen) onShow(chosen);
          }}
        />
      )}
      {canChange && isBounded && (
        <div className="flex">
          <Button
            variant="ghost"
            size="icon"
            className="size-11 text-muted-foreground hover:text-foreground sm:size-8"
            aria-label={t("edit")}
            title={t("edit")}
            onClick={() => setIsOpen("edit")}
          >
            <Pencil />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            className="size-11 text-muted-foreground hover:text-danger sm:size-8"
            aria-label={t("remove")}
            title={t("remove")}
            onClick={remove}
          >
            <Trash2 />
          </Button>
        </div>
      )}
      {canChange && (
        <Button
          variant="ghost"
          size="small"
          className="-ml-2 h-11 text-muted-foreground hover:text-foreground sm:h-8"
          onClick={() => setIsOpen("new")}
        >
          <CalendarRange aria-hidden />
          {t("new")}
        </Button>
      )}
      {isOpen && (
        <PeriodDialog
          period={isOpen === "edit" ? period : null}
          today={today}
          onChoose={choose}
          onClose={() => setIsOpen(null)}
        />
      )}
    </div>
  );
}
