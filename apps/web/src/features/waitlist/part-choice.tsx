"use client";

import { useTranslations } from "../../components/words.tsx";
import { clockOf, type DayPart, dayPartNames, dayParts } from "./day-part.ts";

/** The times of day that suit, all in sight. */
export function PartChoice({
  legend,
  value,
  onChange,
}: {
  legend: string;
  value: DayPart;
  onChange: (part: DayPart) => void;
}) {
  const t = useTranslations("waitlist");
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="grid grid-cols-2 gap-2 @lg:grid-cols-[1.1fr_repeat(3,1fr)]">
        {dayPartNames.map((part) => (
          <label
            key={part}
            className="flex min-h-14 cursor-pointer flex-col justify-center rounded-lg border bg-surface px-2.5 py-1.5 hover:border-accent has-checked:border-accent has-checked:bg-accent/10 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <span className="flex items-center gap-2">
              <input
                type="radio"
                name="part"
                value={part}
                checked={part === value}
                onChange={() => onChange(part)}
                className="size-4 shrink-0 accent-accent outline-none"
              />
              <span className="leading-5">{t(`part.${part}`)}</span>
            </span>
            {part !== "day" && (
              <span className="tabular whitespace-nowrap pl-6 text-muted-foreground text-xs">
                {part === "morning"
                  ? t("partHint.before", { time: clockOf(dayParts.morning.endMinute) })
                  : part === "evening"
                    ? t("partHint.after", { time: clockOf(dayParts.evening.startMinute) })
                    : t("partHint.between", {
                        from: clockOf(dayParts.afternoon.startMinute),
                        to: clockOf(dayParts.afternoon.endMinute),
                      })}
              </span>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
