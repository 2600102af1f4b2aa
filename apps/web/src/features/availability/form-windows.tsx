"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { windowsForForm } from "./change-form.ts";
import { type DraftRule, nextWindow, windowProblems } from "./week-draft.ts";
import { WindowFields } from "./window-fields.tsx";

type FormWindowsProps = {
  id: string;
  windows: readonly DraftRule[];
  hasError: boolean;
  onChange: (windows: DraftRule[]) => void;
};

/** The hours of a day that is not like others. */
export function FormWindows({ id, windows, hasError, onChange }: FormWindowsProps) {
  const t = useTranslations("availability.change");
  const problems = windowProblems(windows);
  const next = nextWindow(windows);
  return (
    <fieldset id={id} className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t("windows")}</legend>
      {windows.map((window, index) => (
        <WindowFields
          key={window.key}
          window={window}
          name={t("window", { number: index + 1 })}
          problem={problems.get(window.key)}
          onChange={(changed) => onChange(windows.map((each) => (each.key === changed.key ? changed : each)))}
          onRemove={() => onChange(windows.filter(({ key }) => key !== window.key))}
        />
      ))}
      {hasError && windows.length === 0 && (
        <p role="alert" className="text-danger text-xs">
          {t("windowsMissing")}
        </p>
      )}
      <Button
        variant="secondary"
        className="h-11 self-start sm:h-8"
        disabled={!next}
        onClick={() => next && onChange([...windows, ...windowsForForm([next])])}
      >
        <Plus aria-hidden />
        {t("addWindow")}
      </Button>
    </fieldset>
  );
}
