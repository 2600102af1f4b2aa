"use client";

import type { LucideIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import { joinClasses } from "./join-classes.ts";

type Choice<Value extends string> = {
  value: Value;
  label: ReactNode;
  hint?: string;
  icon?: LucideIcon;
  lang?: string;
  disabled?: boolean;
};

type ChoiceGroupProps<Value extends string> = {
  legend: string;
  choices: readonly Choice<Value>[];
  /** Undefined: none yet. */
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** `row` for short words, `column` when each choice explains itself. */
  layout?: "row" | "column";
  /** For a group whose heading says it already. */
  isLegendHidden?: boolean;
};

/** One of a few, all in sight: a choice that is understood by comparing. */
export function ChoiceGroup<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  layout = "row",
  isLegendHidden = false,
}: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={isLegendHidden ? "sr-only" : "mb-1.5 font-medium text-sm"}>{legend}</legend>
      <div className={joinClasses(layout === "row" ? "flex flex-wrap gap-2" : "flex flex-col gap-1.5")}>
        {choices.map(({ value: each, label, hint, icon: Icon, lang, disabled }) => (
          <label
            key={each}
            lang={lang}
            className={joinClasses(
              "flex cursor-pointer base:items-start gap-2.5 rounded-md border bg-surface px-3 py-2 hover:bg-muted/60 has-checked:border-accent has-checked:bg-accent/8 has-disabled:cursor-not-allowed has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 max-sm:min-h-11",
              layout === "row" && "items-center",
            )}
          >
            <input
              type="radio"
              name={name}
              value={each}
              checked={each === value}
              disabled={disabled}
              onChange={() => onChange(each)}
              aria-describedby={hint ? `${name}-${each}` : undefined}
              className={joinClasses(
                "size-4 shrink-0 accent-accent outline-none",
                layout === "column" && "mt-0.5",
              )}
            />
            {Icon && <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />}
            <span>
              <span className="block leading-5">{label}</span>
              {hint && (
                <span id={`${name}-${each}`} className="block text-muted-foreground text-xs">
                  {hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
