"use client";

import type { Schedule } from "@creneau/domain/availability/open-time";
import { CalendarCheck2, Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { ChangeDialog } from "./change-dialog.tsx";
import { type ChangeTarget, type ChangeValues, changeOfItem, newChange } from "./change-form.ts";
import { dateSpan, longDate, windowsWords } from "./date-words.ts";
import { type DatedItem, dateRange, itemsOn } from "./dated-items.ts";
import { DatedList } from "./dated-list.tsx";
import { type DaySelection, MonthCalendar } from "./month-calendar.tsx";
import { clockChange, openWindows } from "./open-windows.ts";
import { useDatedChanges } from "./use-dated-changes.ts";

type DatedPanelProps = {
  schedule: Schedule;
  items: readonly DatedItem[];
  target: ChangeTarget;
  today: string;
  canChange: boolean;
  canChooseEverySite: boolean;
  hasManySites: boolean;
  roomName: (id: string) => string | undefined;
  selection: DaySelection;
  onSelect: (selection: DaySelection) => void;
};

/** Closed days, other hours and absences: on a month, for the chosen days, and those to come. */
export function DatedPanel(props: DatedPanelProps) {
  const { schedule, items, target, today, canChange, canChooseEverySite, hasManySites, roomName } = props;
  const { selection, onSelect } = props;
  const t = useTranslations("availability.dated");
  const locale = useLocale();
  const changes = useDatedChanges(target);
  const [form, setForm] = useState<{ initial: ChangeValues; replaced: DatedItem | null } | null>(null);
  const { from, until } = dateRange(selection.anchor, selection.head);
  const isOneDay = from === until;
  const windowsOn = useMemo(() => {
    const known = new Map<string, ReturnType<typeof openWindows>>();
    return (date: string) => {
      const windows = known.get(date) ?? openWindows(schedule, date);
      known.set(date, windows);
      return windows;
    };
  }, [schedule]);
  const chosen = items.filter((item) => item.date <= until && from <= item.until);
  const coming = items.filter((item) => item.until >= today);
  const change = isOneDay ? clockChange(target.zone, from) : 0;
  const dayWindows = windowsOn(from);

  function add() {
    if (!canChange) return;
    setForm({
      initial: newChange({ kind: "closed", from, until, windows: windowsOn(from) }),
      replaced: null,
    });
  }

  const edit = canChange
    ? (item: DatedItem) => setForm({ initial: changeOfItem(item), replaced: item })
    : undefined;
  const remove = canChange ? (item: DatedItem) => void changes.remove(item) : undefined;
  const list = { hasManySites, roomName, onEdit: edit, onRemove: remove };
  return (
    <Panel title={t("title")} description={canChange ? t("description") : undefined}>
      <MonthCalendar
        selection={selection}
        today={today}
        factsOf={(date) => ({ windows: windowsOn(date), items: itemsOn(items, date) })}
        onSelect={onSelect}
        onOpen={add}
      />
      <section aria-label={t("chosen")} className="mt-3 rounded-lg bg-muted/60 p-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <div aria-live="polite">
            <h3 className="font-semibold first-letter:uppercase">
              {isOneDay ? longDate(from, locale) : dateSpan(from, until, locale)}
            </h3>
            {isOneDay && (
              <p className="tabular text-muted-foreground">
                {dayWindows.length > 0 ? windowsWords(dayWindows) : t("noHours")}
                {change !== 0 && ` · ${t(change > 0 ? "clocksBack" : "clocksForward")}`}
              </p>
            )}
          </div>
          {canChange && (
            <Button variant="secondary" className="h-11 bg-surface sm:h-8" onClick={add}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
          )}
        </div>
        {chosen.length > 0 && <DatedList {...list} items={chosen} label={t("chosen")} />}
      </section>
      <h3 className="mt-5 mb-1 font-semibold">{t("coming")}</h3>
      {coming.length > 0 ? (
        <DatedList {...list} items={coming} label={t("coming")} />
      ) : (
        <p className="flex items-center gap-2 py-2 text-muted-foreground">
          <CalendarCheck2 aria-hidden className="size-4 shrink-0" />
          {t("nothingComing")}
        </p>
      )}
      {form && (
        <ChangeDialog
          {...form}
          target={target}
          canChooseEverySite={canChooseEverySite}
          onClose={() => setForm(null)}
        />
      )}
    </Panel>
  );
}
