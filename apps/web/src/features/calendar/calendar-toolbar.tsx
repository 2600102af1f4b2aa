"use client";

import { ChevronLeft, ChevronRight, Keyboard } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Tooltip } from "../../components/tooltip.tsx";
import { useViewer } from "../shell/viewer.tsx";
import type { Provider, Site } from "./appointment.ts";
import { periodTitle, stepDate, todayIn, weekNumber } from "./calendar-period.ts";
import { FilterMenu } from "./filter-menu.tsx";
import type { CalendarState } from "./use-calendar-state.ts";
import { useIsNarrow } from "./use-is-narrow.ts";
import { ViewSwitch } from "./view-switch.tsx";

type CalendarToolbarProps = {
  state: CalendarState & { siteIds: string[] };
  sites: readonly Site[];
  providers: readonly Provider[];
  isRefreshing: boolean;
  onChange: (change: Partial<CalendarState>) => void;
  onHelp: () => void;
};

/** Where we are in time, how to move in it, and what is shown. */
export function CalendarToolbar({
  state,
  sites,
  providers,
  isRefreshing,
  onChange,
  onHelp,
}: CalendarToolbarProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const isNarrow = useIsNarrow();
  const zone = useViewer().organization.timezone;
  const period = { view: state.view, date: state.date, zone };
  const title = periodTitle({ ...period, locale, isBrief: isNarrow });
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b bg-background px-3 py-2">
      <div className="flex items-center gap-1 max-sm:order-2">
        <Tooltip label={t("today")} shortcut="T">
          <Button
            variant="secondary"
            className="max-sm:h-10"
            onClick={() => onChange({ date: todayIn(zone, new Date()) })}
          >
            {t("today")}
          </Button>
        </Tooltip>
      </div>
      <div className="flex items-center max-sm:order-1 max-sm:ml-auto">
        <Tooltip label={t("previous")} shortcut="K">
          <Button
            variant="ghost"
            size="icon"
            className="max-sm:size-10"
            aria-label={t("previous")}
            onClick={() => onChange({ date: stepDate({ ...period, step: -1 }) })}
          >
            <ChevronLeft />
          </Button>
        </Tooltip>
        <Tooltip label={t("next")} shortcut="J">
          <Button
            variant="ghost"
            size="icon"
            className="max-sm:size-10"
            aria-label={t("next")}
            onClick={() => onChange({ date: stepDate({ ...period, step: 1 }) })}
          >
            <ChevronRight />
          </Button>
        </Tooltip>
      </div>
      <h1
        aria-live="polite"
        className="min-w-0 max-sm:-order-1 font-semibold text-base first-letter:uppercase max-sm:w-[calc(100%-6rem)]"
      >
        {title}
        {(state.view === "week" || state.view === "list") && (
          <span className="ml-2 font-normal text-muted-foreground text-xs max-sm:hidden">
            {t("weekNumber", { number: weekNumber(state.date, zone) })}
          </span>
        )}
      </h1>
      {zone !== Intl.DateTimeFormat().resolvedOptions().timeZone && (
        <span className="text-muted-foreground text-xs max-sm:order-4">{t("zone", { zone })}</span>
      )}
      <span role="status" className="max-sm:hidden">
        {isRefreshing && <span className="sr-only">{t("refreshing")}</span>}
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-1.5 max-sm:order-3">
        {sites.length > 1 && (
          <FilterMenu
            label={t("sites")}
            allLabel={t("allSites")}
            choices={sites}
            selected={state.siteIds}
            onChange={(siteIds) => onChange({ siteIds })}
          />
        )}
        {providers.length > 1 && (
          <FilterMenu
            label={t("providers")}
            allLabel={t("allProviders")}
            choices={providers}
            selected={state.providerIds}
            onChange={(providerIds) => onChange({ providerIds })}
          />
        )}
        <ViewSwitch view={state.view} isNarrow={isNarrow} onChange={(view) => onChange({ view })} />
        <Tooltip label={t("help.title")} shortcut="?">
          <Button
            variant="ghost"
            size="icon"
            className="hidden text-muted-foreground lg:inline-flex"
            aria-label={t("help.title")}
            onClick={onHelp}
          >
            <Keyboard />
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}
