import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgendaScreen } from "../../../../../features/agenda/agenda-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agenda");
  return { title: t("title") };
}

export default function Page() {
  return <AgendaScreen />;
}
