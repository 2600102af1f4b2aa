import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AvailabilityScreen } from "../../../../../features/availability/availability-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("availability");
  return { title: t("title") };
}

export default function Page() {
  return <AvailabilityScreen />;
}
