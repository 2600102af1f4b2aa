import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

export const inputClassName =
  "h-9 w-full rounded-md max-sm:h-11 max-sm:text-base border border-border-strong/60 bg-surface px-3 text-sm text-foreground placeholder:text-muted-foreground focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={classNames(inputClassName, className)} {...props} />;
}
