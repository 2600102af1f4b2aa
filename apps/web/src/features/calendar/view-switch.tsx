"use client";

import { useTranslations } from "next-intl";
import { Segments } from "../../components/segments.tsx";
import { Select } from "../../components/select.tsx";
import type { CalendarView } from "../time/calendar-period.ts";
import { useViewer } from "../viewer/viewer.tsx";

type ViewSwitchProps = {
  view: CalendarView;
  offered: readonly CalendarView[];
  onChange: (view: CalendarView) => void;
};

/** Side by side where there is room, a list where there is not. */
export function ViewSwitch({ view, offered, onChange }: ViewSwitchProps) {
  const t = useTranslations("calendar");
  const { preset } = useViewer().organization;
  const pick = (value: string) => {
    const next = offered.find((each) => each === value);
    if (next) onChange(next);
  };
  return (
    <>
      <Segments
        label={t("view")}
        choices={offered.map((each) => ({ value: each, label: t(`views.${each}`, { preset }) }))}
        value={view}
        onChange={onChange}
        className="hidden @6xl:flex"
      />
      <div className="@6xl:hidden">
        <Select
          aria-label={t("view")}
          value={view}
          onChange={(event) => pick(event.target.value)}
          className="h-8 max-sm:h-11"
        >
          {offered.map((each) => (
            <option key={each} value={each}>
              {t(`views.${each}`, { preset })}
            </option>
          ))}
        </Select>
      </div>
    </>
  );
}
