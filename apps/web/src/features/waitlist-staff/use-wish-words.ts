"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { noonOf } from "../time/wall-time.ts";
import { clockOf, dayPartOf } from "../waitlist/day-part.ts";
import type { Entry } from "./entry.ts";

/** What a person wished for, in words: their days and their times of day. */
export function useWishWords() {
  const t = useTranslations("waitlistStaff");
  const locale = useLocale();
  const day = (date: string) =>
    dateFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(
      noonOf(date),
    );
  return {
    days: ({ fromDate, toDate }: Entry) =>
      fromDate === toDate ? day(fromDate) : t("days", { from: day(fromDate), to: day(toDate) }),
    times: (entry: Entry) => {
      const part = dayPartOf(entry);
      if (part) return t(`part.${part}`);
      return t("between", { from: clockOf(entry.startMinute), to: clockOf(entry.endMinute) });
    },
  };
}
