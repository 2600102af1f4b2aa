import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** The shape of what is coming. Decorative: the waiting region says `aria-busy` itself. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden
      className={classNames("animate-pulse rounded-md bg-muted-strong/60", className)}
      {...props}
    />
  );
}
