import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewProviderScreen } from "../../../../../../features/providers/provider-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers");
  return { title: t("newTitle") };
}

export default function Page() {
  return <NewProviderScreen />;
}
