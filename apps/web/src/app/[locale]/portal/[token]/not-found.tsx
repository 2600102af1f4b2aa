import { Link2Off } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "../../../../components/empty-state.tsx";

/** A link that opens nothing (any more): the same answer for one that never did. */
export default async function UnknownLink() {
  const t = await getTranslations("manage.unknown");
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState isPage icon={Link2Off} title={t("title")} description={t("lead")} />
    </main>
  );
}
