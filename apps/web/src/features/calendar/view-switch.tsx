"use client";

import { useTranslations } from "next-intl";
import { ToggleGroup } from "radix-ui";
import { Select } from "../../components/select.tsx";
import { useViewer } from "../shell/viewer.tsx";
import type { CalendarView } from "./calendar-period.ts";

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
      <ToggleGroup.Root
        type="single"
        value={view}
        onValueChange={pick}
        aria-label={t("view")}
        className="hidden rounded-md bg-muted p-0.5 @6xl:flex"
      >
        {offered.map((each) => (
          <ToggleGroup.Item
            key={each}
            value={each}
            className="h-7 rounded-[5px] px-2.5 font-medium text-muted-foreground text-sm hover:text-foreground data-[state=on]:bg-surface data-[state=on]:text-foreground data-[state=on]:shadow-sm dark:data-[state=on]:bg-muted-strong"
          >
            {t(`views.${each}`, { preset })}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
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
