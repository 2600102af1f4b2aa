import { getTranslations } from "next-intl/server";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Link } from "../../i18n/navigation.ts";

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState
        isPage
        title={t("title")}
        description={t("description")}
        action={
          <Link href="/" className={buttonVariants()}>
            {t("back")}
          </Link>
        }
      />
    </main>
  );
}
