import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProvidersScreen } from "../../../../../features/providers/providers-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers");
  return { title: t("title") };
}

export default function Page() {
  return <ProvidersScreen />;
}
