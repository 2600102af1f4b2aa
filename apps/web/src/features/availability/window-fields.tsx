"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useId } from "react";
import { Button } from "../../components/button.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import { shortDate, windowWords } from "./date-words.ts";
import type { DraftRule, WindowProblem } from "./week-draft.ts";

type WindowFieldsProps = {
  window: DraftRule;
  /** Names both fields: "Lundi, plage 2". */
  name: string;
  problem: WindowProblem | undefined;
  /** A remark beside the fields that does not stand in the way. */
  note?: string | undefined;
  onChange: (window: DraftRule) => void;
  onRemove: () => void;
};

/** Start and end of one window; arrows up and down go by the organization's step. */
export function WindowFields({ window, name, problem, note, onChange, onRemove }: WindowFieldsProps) {
  const t = useTranslations("availability.window");
  const sentence = useProblemSentence();
  const { slotMinutes } = useViewer().organization;
  const remarkId = useId();

  function step(event: KeyboardEvent, field: "startMinute" | "endMinute") {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const current = window[field];
    if (direction === 0 || current === null) return;
    event.preventDefault();
    const next = Math.floor(
      current / slotMinutes + (direction === 1 || current % slotMinutes === 0 ? direction : 0),
    );
    onChange({ ...window, [field]: Math.min(1440, Math.max(0, next * slotMinutes)) });
  }

  const field = (which: "startMinute" | "endMinute") => (
    <TimeInput
      value={window[which]}
      aria-label={t(which, { name })}
      aria-invalid={problem?.field === which ? true : undefined}
      aria-describedby={problem || note ? remarkId : undefined}
      className="tabular h-11 w-19 text-center sm:h-9"
      onKeyDown={(event) => step(event, which)}
      onChange={(minute) => onChange({ ...window, [which]: minute })}
    />
  );
  return (
    <div className="flex flex-col gap-1 sm:w-54">
      <div className="flex items-center gap-1.5">
        {field("startMinute")}
        <span aria-hidden className="text-muted-foreground">
          –
        </span>
        {field("endMinute")}
        <Button
          variant="ghost"
          size="icon"
          className="size-11 text-muted-foreground hover:text-foreground sm:size-8"
          aria-label={t("remove", { name })}
          onClick={onRemove}
        >
          <X />
        </Button>
      </div>
      {(problem || note) && (
        <p
          id={remarkId}
          role={problem ? "alert" : undefined}
          className={problem ? "text-danger text-xs" : "text-warning text-xs"}
        >
          {problem ? sentence(problem) : note}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a window, in a sentence. */
function useProblemSentence() {
  const t = useTranslations("availability.window");
  const locale = useLocale();
  return (problem: WindowProblem): string => {
    if (problem.problem !== "overlap") return t(problem.problem === "time" ? "time" : "order");
    const { startMinute, endMinute, validFrom, validTo } = problem.with;
    const hours = windowWords({ startMinute: startMinute ?? 0, endMinute: endMinute ?? 0 });
    if (validFrom) return t("overlapFrom", { hours, date: shortDate(validFrom, locale) });
    if (validTo) return t("overlapUntil", { hours, date: shortDate(validTo, locale) });
    return t("overlap", { hours });
  };
}
