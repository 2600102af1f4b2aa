import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServiceScreen } from "../../../../../../features/services/service-screen.tsx";
import { answerWhetherFound } from "../../../../../../trpc/answer-whether-found.ts";
import { maySeeArchives } from "../../../../../../trpc/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await answerWhetherFound(async ({ directory }) =>
    directory.services.list({ ids: [id], includeArchived: await maySeeArchives() }),
  );
  return <ServiceScreen id={id} key={id} />;
}
