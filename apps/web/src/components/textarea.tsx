import type { ComponentProps } from "react";
import { inputClassName } from "./input.tsx";
import { joinClasses } from "./join-classes.ts";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={joinClasses(inputClassName, "h-auto max-sm:h-auto! base:min-h-20 py-2", className)}
      {...props}
    />
  );
}
