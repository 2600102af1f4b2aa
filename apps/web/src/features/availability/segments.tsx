import { useId } from "react";
import { joinClasses } from "../../components/join-classes.ts";

type SegmentsProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hasProblem?: boolean }[];
  onChange: (value: Value) => void;
};

/** A few choices side by side, one of them on: a radio group, so arrows walk through it. */
export function Segments<Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-lg bg-muted p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={joinClasses(
            "flex h-10 cursor-pointer items-center gap-1.5 rounded-md px-3 font-medium base:text-muted-foreground text-sm transition-colors hover:text-foreground sm:h-8",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
            option.value === value && "bg-surface text-foreground shadow-sm dark:bg-muted-strong",
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
          {option.hasProblem && <span aria-hidden className="size-1.5 rounded-full bg-danger" />}
        </label>
      ))}
    </fieldset>
  );
}
