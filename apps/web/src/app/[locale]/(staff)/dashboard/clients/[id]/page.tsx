import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientScreen } from "../../../../../../features/clients/client-screen.tsx";
import { answerWhetherFound } from "../../../../../../trpc/answer-whether-found.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clients");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(({ directory }) => directory.clients.byId({ id }));
  return <ClientScreen id={id} key={id} />;
}
