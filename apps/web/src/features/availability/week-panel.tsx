"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Panel } from "../../components/page.tsx";
import type { Outputs } from "../../trpc/react.ts";
import { DayRow } from "./day-row.tsx";
import { PeriodBar } from "./period-bar.tsx";
import { SaveBar } from "./save-bar.tsx";
import type { WeekDraft } from "./use-week-draft.ts";
import { isOfPeriod, type Period } from "./week-draft.ts";
import { currentPeriod } from "./week-periods.ts";
import { weekdays } from "./weekdays.ts";

type WeekPanelProps = {
  draft: WeekDraft;
  description: string;
  opening: Outputs["availability"]["openingHours"]["rules"];
  today: string;
  canChange: boolean;
  isSaving: boolean;
  onSave: () => void;
};

/** The week of hours, day by day, and its saving. */
export function WeekPanel({
  draft,
  description,
  opening,
  today,
  canChange,
  isSaving,
  onSave,
}: WeekPanelProps) {
  const t = useTranslations("availability.week");
  const frame = useRef<HTMLDivElement>(null);
  const [wished, setWished] = useState<Period | null>(null);
  const { rules, problems } = draft;
  const period = wished ?? currentPeriod(rules, today);
  const minutes = rules
    .filter((rule) => isOfPeriod(rule, period) && !problems.has(rule.key))
    .reduce((sum, { startMinute, endMinute }) => sum + (endMinute ?? 0) - (startMinute ?? 0), 0);

  function save() {
    const wrong = rules.find(({ key }) => problems.has(key));
    if (!wrong) return onSave();
    setWished({ validFrom: wrong.validFrom, validTo: wrong.validTo });
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  return (
    <div ref={frame} tabIndex={-1} data-week className="focus:outline-none">
      <Panel
        title={t("title")}
        description={description}
        actions={
          <p className="tabular text-muted-foreground text-xs">
            {t("total", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") })}
          </p>
        }
      >
        <PeriodBar
          rules={rules}
          problems={problems}
          period={period}
          today={today}
          canChange={canChange}
          onShow={setWished}
          onChange={draft.change}
        />
        <div className="divide-y">
          {weekdays.map((isoWeekday) => (
            <DayRow
              key={isoWeekday}
              isoWeekday={isoWeekday}
              period={period}
              rules={rules}
              problems={problems}
              opening={opening}
              today={today}
              canChange={canChange}
              onChange={draft.change}
            />
          ))}
        </div>
        {canChange && draft.isDirty && (
          <SaveBar
            problemCount={problems.size}
            hasMoved={draft.hasMoved}
            isSaving={isSaving}
            onSave={save}
            onDiscard={() => {
              draft.discard();
              setWished(null);
              frame.current?.focus();
            }}
          />
        )}
      </Panel>
    </div>
  );
}
