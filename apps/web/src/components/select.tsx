import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { inputClassName } from "./input.tsx";
import { joinClasses } from "./join-classes.ts";

/** The platform's own list: the best picker on a phone and complete for the keyboard. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select className={joinClasses(inputClassName, "appearance-none truncate pr-8", className)} {...props}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </span>
  );
}
