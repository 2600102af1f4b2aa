import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProviderScreen } from "../../../../../features/providers/provider-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ProviderScreen id={id} key={id} />;
}
