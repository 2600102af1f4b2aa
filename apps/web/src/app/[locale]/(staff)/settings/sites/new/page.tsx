import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewSiteScreen } from "../../../../../../features/sites/site-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sites");
  return { title: t("newTitle") };
}

export default function Page() {
  return <NewSiteScreen />;
}
