import { getTranslations } from "next-intl/server";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Link2Off } from "../../components/signs.tsx";
import { answerNotFound } from "../../trpc/answer-not-found.ts";

/** A link that opens nothing (any more): the same 404 for one that never did. */
export async function UnknownLink() {
  await answerNotFound();
  const t = await getTranslations("manage.unknown");
  return <EmptyPage isAlone icon={Link2Off} title={t("title")} description={t("lead")} />;
}
