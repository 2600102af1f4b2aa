import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProviderScreen } from "../../../../../../features/providers/provider-screen.tsx";
import { answerWhetherFound } from "../../../../../../trpc/answer-whether-found.ts";
import { maySeeArchives } from "../../../../../../trpc/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(async ({ directory }) =>
    directory.providers.list({ ids: [id], includeArchived: await maySeeArchives() }),
  );
  return <ProviderScreen id={id} key={id} />;
}
