import type { ComponentProps } from "react";
import { Input } from "./input.tsx";
import { joinClasses } from "./join-classes.ts";

type NumberInputProps = ComponentProps<"input"> & {
  /** A phone's keyboard offers the decimal sign too. */
  isDecimal?: boolean;
};

/** A number typed as text: without the wheel and the arrows of a browser's own, and what is no number stays to be mended. */
export function NumberInput({ isDecimal = false, className, ...props }: NumberInputProps) {
  return (
    <Input
      inputMode={isDecimal ? "decimal" : "numeric"}
      autoComplete="off"
      className={joinClasses("tabular", className)}
      {...props}
    />
  );
}
