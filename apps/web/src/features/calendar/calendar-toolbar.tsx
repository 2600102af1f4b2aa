"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { ChevronLeft, ChevronRight, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Tooltip } from "../../components/tooltip.tsx";
import { type CalendarView, stepDate, todayIn } from "../time/calendar-period.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { DateHeading } from "./date-heading.tsx";
import { type FilterGroup, FilterMenu } from "./filter-menu.tsx";
import { OptionsMenu } from "./options-menu.tsx";
import type { CalendarState } from "./use-calendar-state.ts";
import { ViewSwitch } from "./view-switch.tsx";

type CalendarToolbarProps = {
  state: CalendarState;
  offeredViews: readonly CalendarView[];
  filters: readonly FilterGroup[];
  isRefreshing: boolean;
  isDateOpen: boolean;
  onDateOpenChange: (isOpen: boolean) => void;
  onChange: (change: Partial<CalendarState>) => void;
  onHelp: () => void;
  onSearch: () => void;
  /** Absent for somebody who may not book. */
  onCreate?: () => void;
};

/** Where we are in time, how to move in it, and what is shown. */
export function CalendarToolbar(props: CalendarToolbarProps) {
  const { state, offeredViews, filters, isRefreshing, isDateOpen, onDateOpenChange } = props;
  const { onChange, onHelp, onSearch, onCreate } = props;
  const t = useTranslations("calendar");
  const zone = useViewer().organization.timezone;
  const period = { view: state.view, date: state.date, zone };
  const isElsewhere = zone !== runtimeZone();
  const step = (by: 1 | -1) => onChange({ date: stepDate({ ...period, step: by }) });
  return (
    <div className="@container border-b bg-background print:hidden">
      <div
        className={joinClasses(
          "flex items-center gap-x-2 gap-y-1.5 px-3 py-2 max-sm:flex-wrap max-sm:gap-x-1",
          isElsewhere && "flex-wrap",
        )}
      >
        <Tooltip label={t("today")} shortcut="T">
          <Button
            variant="secondary"
            className="max-sm:size-11 max-sm:px-0"
            aria-label={t("today")}
            onClick={() => onChange({ date: todayIn(zone, new Date()) })}
          >
            <span className="max-sm:hidden">{t("today")}</span>
            {/* A leaf of a calendar, where there is no room for the word. */}
            <span
              aria-hidden
              className="tabular grid size-5.5 place-items-center rounded-sm border-2 border-current border-t-4 text-[10px] leading-none sm:hidden"
            >
              {Number(todayIn(zone, new Date()).slice(8))}
            </span>
          </Button>
        </Tooltip>
        <div className="flex shrink-0 items-center">
          <Tooltip label={t("previous")} shortcut="K">
            <Button
              variant="ghost"
              size="icon"
              className="max-sm:size-11"
              aria-label={t("previous")}
              onClick={() => step(-1)}
            >
              <ChevronLeft />
            </Button>
          </Tooltip>
          <Tooltip label={t("next")} shortcut="J">
            <Button
              variant="ghost"
              size="icon"
              className="max-sm:size-11"
              aria-label={t("next")}
              onClick={() => step(1)}
            >
              <ChevronRight />
            </Button>
          </Tooltip>
        </div>
        <DateHeading
          {...period}
          isOpen={isDateOpen}
          onOpenChange={onDateOpenChange}
          onPick={(date) => onChange({ date })}
        />
        {isElsewhere && (
          <span className="text-muted-foreground text-xs max-sm:hidden">
            <span className="@7xl:inline hidden">{t("zone", { zone })}</span>
            <span className="@7xl:hidden">{t("zone", { zone: cityOf(zone) })}</span>
          </span>
        )}
        <span role="status">{isRefreshing && <span className="sr-only">{t("refreshing")}</span>}</span>
        <div className="ml-auto flex shrink-0 items-center gap-1.5 max-sm:w-full max-sm:gap-1">
          <FilterMenu groups={filters} />
          <ViewSwitch view={state.view} offered={offeredViews} onChange={(view) => onChange({ view })} />
          <OptionsMenu onSearch={onSearch} onHelp={onHelp} />
          {onCreate && (
            <Tooltip label={t("create.title")} shortcut="C">
              <Button
                className="@max-3xl:aspect-square max-sm:h-11 @max-3xl:px-0"
                aria-label={t("create.title")}
                onClick={onCreate}
              >
                <Plus aria-hidden />
                <span className="@max-3xl:hidden">{t("create.new")}</span>
              </Button>
            </Tooltip>
          )}
        </div>
      </div>
    </div>
  );
}

/** The last part of a zone's name, where there is no room for all of it: "Paris" of "Europe/Paris". */
function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
