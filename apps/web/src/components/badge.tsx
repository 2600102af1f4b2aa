import type { ComponentProps } from "react";
import { joinClasses } from "./join-classes.ts";

const tones = {
  neutral: "bg-muted text-foreground",
  accent: "border-transparent bg-accent/12 text-foreground",
  success: "border-success/30 bg-success/10 text-success",
  warning: "border-warning/30 bg-warning/10 text-warning",
  danger: "border-danger/30 bg-danger/10 text-danger",
};

export function Badge({
  className,
  tone = "neutral",
  ...props
}: ComponentProps<"span"> & { tone?: keyof typeof tones }) {
  return (
    <span
      className={joinClasses(
        "base:inline-flex base:whitespace-nowrap items-center gap-1 base:rounded-full border px-2 py-0.5 font-medium text-xs [&_svg]:size-3",
        tones[tone],
        className,
      )}
      {...props}
    />
  );
}
