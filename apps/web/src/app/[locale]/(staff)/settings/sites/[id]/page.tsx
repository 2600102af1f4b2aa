import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SiteScreen } from "../../../../../../features/sites/site-screen.tsx";
import { answerWhetherFound } from "../../../../../../trpc/answer-whether-found.ts";
import { maySeeArchives } from "../../../../../../trpc/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sites");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(async ({ directory }) =>
    directory.sites.list({ ids: [id], includeArchived: await maySeeArchives() }),
  );
  return <SiteScreen id={id} key={id} />;
}
