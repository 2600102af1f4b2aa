import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { answerNotFound } from "../../trpc/answer-not-found.ts";

/** No page of staff has this address: said inside their frame with a 404, the way on in sight. */
export async function UnknownStaffPage() {
  const [t] = await Promise.all([getTranslations("notFound"), answerNotFound()]);
  return (
    <EmptyPage
      icon={SearchX}
      title={t("title")}
      description={t("description")}
      action={
        <Link href="/dashboard/calendar" className={buttonVariants()}>
          {t("toCalendar")}
        </Link>
      }
    />
  );
}
