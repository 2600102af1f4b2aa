import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServicesScreen } from "../../../../../features/services/services-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("title") };
}

export default function Page() {
  return <ServicesScreen />;
}
