"use client";

import { useId } from "react";
import { joinClasses } from "./join-classes.ts";

type SegmentsProps<Value extends string> = {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
};

/** A few words side by side of which one holds: a view, a kind. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, choices, value, onChange, className } = props;
  const name = useId();
  return (
    <fieldset aria-label={label} className={joinClasses("rounded-md bg-muted p-0.5", className)}>
      {choices.map((each) => (
        <label
          key={each.value}
          className="relative flex h-7 items-center justify-center rounded-[5px] px-2.5 font-medium text-muted-foreground text-sm hover:text-foreground has-checked:bg-surface has-checked:text-foreground has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 dark:has-checked:bg-muted-strong"
        >
          <input
            type="radio"
            name={name}
            checked={each.value === value}
            onChange={() => onChange(each.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  );
}
