import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CalendarFeedScreen } from "../../../../../features/calendar-feed/calendar-feed-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendarFeed");
  return { title: t("title") };
}

export default function Page() {
  return <CalendarFeedScreen />;
}
