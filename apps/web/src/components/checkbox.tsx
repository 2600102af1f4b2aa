import { type ComponentProps, type ReactNode, useId } from "react";
import { joinClasses } from "./join-classes.ts";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "id"> & { label: ReactNode; hint?: string };

/** A box to tick with its words beside it; the whole line can be clicked. */
export function Checkbox({ label, hint, className, ...props }: CheckboxProps) {
  const id = useId();
  return (
    <div className={joinClasses("flex base:min-h-7 base:items-start gap-2.5 py-0.5", className)}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        {...props}
      />
      <div>
        <label htmlFor={id} className="block cursor-pointer leading-5">
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="text-muted-foreground text-xs">
            {hint}
          </span>
        )}
      </div>
    </div>
  );
}
