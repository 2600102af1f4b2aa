import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServiceScreen } from "../../../../../features/services/service-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ServiceScreen id={id} key={id} />;
}
