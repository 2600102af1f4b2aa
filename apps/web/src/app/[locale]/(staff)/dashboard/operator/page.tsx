import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperatorScreen } from "../../../../../features/operator/operator-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("operator");
  return { title: t("title") };
}

export default function Page() {
  return <OperatorScreen />;
}
