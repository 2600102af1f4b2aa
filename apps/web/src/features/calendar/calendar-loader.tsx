"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { CalendarSkeleton } from "./calendar-skeleton.tsx";

/**
 * The calendar with its grid is by far the largest script of the product: only this route loads it. It is drawn in the
 * browser alone, because it depends on the width of the window, the present moment and the viewer's own time zone.
 */
export const CalendarLoader = dynamic(() => import("./calendar-screen.tsx"), {
  ssr: false,
  loading: Loading,
});

function Loading() {
  const t = useTranslations("calendar");
  return (
    <>
      <div className="h-12 border-b" />
      <CalendarSkeleton label={t("loading")} />
    </>
  );
}
