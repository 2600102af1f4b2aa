import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SiteScreen } from "../../../../../features/sites/site-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sites");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <SiteScreen id={id} key={id} />;
}
