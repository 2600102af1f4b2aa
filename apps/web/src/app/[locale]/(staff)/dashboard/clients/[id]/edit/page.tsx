import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditClientScreen } from "../../../../../../../features/clients/client-form.tsx";
import { answerWhetherFound } from "../../../../../../../trpc/answer-whether-found.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clients");
  return { title: t("form.editTitle") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(({ directory }) => directory.clients.byId({ id }));
  return <EditClientScreen id={id} key={id} />;
}
