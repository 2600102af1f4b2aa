"use client";

import { Ban, CalendarMinus, Clock, type LucideIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { clockOfMinute } from "../time/format-time.ts";
import { dateSpan, shortDate, windowsWords } from "./date-words.ts";
import type { DatedItem } from "./dated-items.ts";

/** The sign of a dated change; its words stand beside it or in its name. */
export function itemIcon(item: DatedItem): LucideIcon {
  if (item.kind === "timeOff") return CalendarMinus;
  return item.windows.length > 0 ? Clock : Ban;
}

/** Dated changes in words: what, and when. */
export function useItemWords() {
  const t = useTranslations("availability.dated");
  const locale = useLocale();

  /** "Fermé", "Horaires 10:00–12:00", "Absence". */
  function what(item: DatedItem): string {
    if (item.kind === "timeOff") return item.owner === "own" ? t("timeOff") : t("interruption");
    if (item.windows.length > 0) return t("hours", { hours: windowsWords(item.windows) });
    return item.owner === "site" ? t("siteClosed") : t("closed");
  }

  /** "24–31 déc. 2026", with times where these are not whole days. */
  function when(item: DatedItem): string {
    const days = dateSpan(item.date, item.until, locale);
    if (item.kind !== "timeOff" || item.startMinute === null || item.endMinute === null) return days;
    const [start, end] = [clockOfMinute(item.startMinute), clockOfMinute(item.endMinute)];
    if (item.date === item.until) return `${days}, ${start}–${end}`;
    return `${shortDate(item.date, locale)} ${start} – ${shortDate(item.until, locale)} ${end}`;
  }

  /** Both with the reason, in one line. */
  function summary(item: DatedItem): string {
    return [what(item), item.reason].filter(Boolean).join(", ");
  }

  return { what, when, summary };
}
