import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TodayScreen } from "../../../../../features/today/today-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("today");
  return { title: t("title") };
}

export default function Page() {
  return <TodayScreen />;
}
