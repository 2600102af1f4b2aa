import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CalendarScreen } from "../../../../features/calendar/calendar-screen.tsx";
import { CalendarSkeleton } from "../../../../features/calendar/calendar-skeleton.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

export default async function CalendarPage() {
  const t = await getTranslations("calendar");
  return (
    <Suspense fallback={<CalendarSkeleton label={t("loading")} />}>
      <CalendarScreen />
    </Suspense>
  );
}
