import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { buttonVariants } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Link } from "../../../i18n/navigation.ts";

export default async function NotFound() {
  const [t, shell] = await Promise.all([getTranslations("notFound"), getTranslations("shell")]);
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={t("title")}
      description={t("description")}
      action={
        <Link href="/dashboard/calendar" className={buttonVariants()}>
          {shell("calendar")}
        </Link>
      }
    />
  );
}
