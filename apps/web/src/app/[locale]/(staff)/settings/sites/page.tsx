import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SitesScreen } from "../../../../../features/sites/sites-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sites");
  return { title: t("title") };
}

export default function Page() {
  return <SitesScreen />;
}
