import { CalendarOff, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BackgroundProps } from "./background-events.ts";

/** The word on a blocked stretch of the grid; closed time needs none. */
export function BackgroundContent({ background, label }: BackgroundProps) {
  const t = useTranslations("calendar");
  if (background === "closed") return null;
  const Icon = background === "external" ? Lock : CalendarOff;
  return (
    <span className="flex items-center gap-1 truncate px-1.5 py-0.5 text-muted-foreground text-xs">
      <Icon aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{label || t(background === "external" ? "external" : "blocked")}</span>
    </span>
  );
}
