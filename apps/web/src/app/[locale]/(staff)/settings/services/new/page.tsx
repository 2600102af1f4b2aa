import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewServiceScreen } from "../../../../../../features/services/service-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("newTitle") };
}

export default function Page() {
  return <NewServiceScreen />;
}
