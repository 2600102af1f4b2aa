import type { ComponentProps } from "react";
import { joinClasses } from "./join-classes.ts";

export const inputClassName =
  "base:h-9 base:w-full base:rounded-md max-sm:h-11 max-sm:text-base base:border base:border-border-strong/60 base:bg-surface base:px-3 base:text-sm base:text-foreground placeholder:text-muted-foreground focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={joinClasses(inputClassName, className)} {...props} />;
}
