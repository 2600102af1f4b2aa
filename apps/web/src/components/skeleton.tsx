import type { ComponentProps } from "react";
import { joinClasses } from "./join-classes.ts";

/** The shape of what is coming. Decorative: the waiting region says `aria-busy` itself. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden
      className={joinClasses("animate-pulse base:rounded-md base:bg-muted-strong/60", className)}
      {...props}
    />
  );
}
