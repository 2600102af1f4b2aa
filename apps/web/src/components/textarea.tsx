import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { inputClassName } from "./input.tsx";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={classNames(inputClassName, "h-auto min-h-20 py-2 max-sm:h-auto", className)}
      {...props}
    />
  );
}
