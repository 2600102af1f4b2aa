import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewClientScreen } from "../../../../../../features/clients/client-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clients");
  return { title: t("new") };
}

export default function Page() {
  return <NewClientScreen />;
}
